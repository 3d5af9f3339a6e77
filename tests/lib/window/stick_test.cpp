// A game controller that SDL simulates, on a window that nobody sees.
#include <SDL.h>
#include <gtest/gtest.h>

#include "window/window.hpp"

namespace handbuilt::window {
namespace {

TEST(Stick, IsTheLeftOneOfTheFirstControllerWhileThereIsOne) {
  SDL_SetHint(SDL_HINT_JOYSTICK_ALLOW_BACKGROUND_EVENTS, "1");  // the window never has the focus
  Window window({.title = "stick", .width = 200, .height = 150, .headless = true});
  ASSERT_TRUE(window.next_frame());
  if (window.stick()) GTEST_SKIP() << "a real controller is plugged in";
  const int device = SDL_JoystickAttachVirtual(SDL_JOYSTICK_TYPE_GAMECONTROLLER, SDL_CONTROLLER_AXIS_MAX,
                                               SDL_CONTROLLER_BUTTON_MAX, 0);
  ASSERT_GE(device, 0) << SDL_GetError();
  ASSERT_TRUE(window.next_frame());
  ASSERT_TRUE(window.stick().has_value());
  SDL_Joystick* joystick = SDL_JoystickOpen(device);
  ASSERT_NE(joystick, nullptr);
  SDL_JoystickSetVirtualAxis(joystick, SDL_CONTROLLER_AXIS_LEFTX, 16384);
  SDL_JoystickSetVirtualAxis(joystick, SDL_CONTROLLER_AXIS_LEFTY, -32768);  // away from the user
  ASSERT_TRUE(window.next_frame());
  ASSERT_TRUE(window.next_frame());
  const std::optional<Window::Stick> stick = window.stick();
  ASSERT_TRUE(stick.has_value());
  EXPECT_NEAR(stick->x, 0.5, 0.01);
  EXPECT_NEAR(stick->y, 1, 0.01);

  SDL_JoystickClose(joystick);
  SDL_JoystickDetachVirtual(device);
  ASSERT_TRUE(window.next_frame());
  EXPECT_FALSE(window.stick().has_value());
  SDL_ResetHint(SDL_HINT_JOYSTICK_ALLOW_BACKGROUND_EVENTS);
}

TEST(Held, NothingIsHeldWhereNobodyTypes) {
  Window window({.title = "held", .width = 200, .height = 150, .headless = true});
  ASSERT_TRUE(window.next_frame());
  EXPECT_FALSE(window.is_held(Key::up));
  EXPECT_FALSE(window.is_held('w'));
  EXPECT_FALSE(window.is_held('\0'));
}

}  // namespace
}  // namespace handbuilt::window
