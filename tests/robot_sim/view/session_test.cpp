#include "robot_sim/view/session.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "robot_sim/view/page.hpp"
#include "robot_sim/view/readings.hpp"

namespace handbuilt::robot_sim {
namespace {

using ::testing::HasSubstr;
using window::Event;
using window::Key;

Session session_in(const std::string& home, double minutes = 2) {
  RunSetup setup;
  setup.home = std::make_shared<const Home>(home_named(home));
  setup.minutes = minutes;
  return Session(Player(setup));
}

Event key(char character) {
  Event event;
  event.character = character;
  return event;
}
Event key(Key named) {
  Event event;
  event.key = named;
  return event;
}
Event mouse(Event::Kind kind, double x, double y) {
  Event event;
  event.kind = kind;
  event.x = x;
  event.y = y;
  event.left_held = true;
  return event;
}

/// So many frames of a sixtieth of a second.
void pass(Session& session, int frames) {
  for (int i = 0; i < frames; ++i) session.advance(1.0 / 60);
}

const Layout kLayout = layout_for(1280, 800);

TEST(Session, PlaysAtTheSpeedThatWasChosen) {
  Session session = session_in("bare_room", 10);
  for (const auto& [speed, ticks] : {std::pair{1.0, 50.0}, {0.1, 5.0}, {20.0, 1000.0}, {100.0, 5000.0}}) {
    session.set_speed(speed);
    const std::uint32_t before = session.player().tick();
    pass(session, 60);
    EXPECT_NEAR(session.player().tick() - before, ticks, 1 + ticks * 0.01) << speed;
  }
}

TEST(Session, SpaceStopsTimeAndLetsItGoOn) {
  Session session = session_in("bare_room");
  pass(session, 60);
  const std::uint32_t at = session.player().tick();
  EXPECT_GT(at, 40u);
  session.handle(key(' '), kLayout);
  pass(session, 60);
  EXPECT_EQ(session.player().tick(), at);
  session.handle(key('.'), kLayout);
  EXPECT_EQ(session.player().tick(), at + 1);
  session.handle(key(','), kLayout);
  session.handle(key(','), kLayout);
  EXPECT_EQ(session.player().tick(), at - 1);
  pass(session, 60);
  EXPECT_EQ(session.player().tick(), at - 1) << "a single step pauses";
  session.handle(key(' '), kLayout);
  pass(session, 60);
  EXPECT_GT(session.player().tick(), at + 40);
}

TEST(Session, PlusAndMinusGoThroughTheSpeedsAndStopAtTheirEnds) {
  Session session = session_in("bare_room");
  for (int i = 0; i < 20; ++i) session.handle(key('+'), kLayout);
  EXPECT_EQ(session.speed(), 100);
  session.handle(key('-'), kLayout);
  EXPECT_EQ(session.speed(), 50);
  for (int i = 0; i < 20; ++i) session.handle(key('-'), kLayout);
  EXPECT_EQ(session.speed(), 0.1);
}

TEST(Session, ArrowsSkipTenSecondsAndStopAtTheEnds) {
  Session session = session_in("bare_room", 1);
  session.handle(key(Key::left), kLayout);
  EXPECT_EQ(session.player().tick(), 0u);
  for (int i = 0; i < 8; ++i) session.handle(key(Key::right), kLayout);
  EXPECT_EQ(session.player().tick(), 3000u);
  session.handle(key(Key::left), kLayout);
  EXPECT_EQ(session.player().tick(), 2500u);
}

TEST(Session, PlaysBackwardsThroughTheSameStates) {
  Session session = session_in("7");
  session.seek(1000);
  const std::uint64_t at_1000 = session.player().simulator().state_hash();
  session.seek(1100);
  session.set_speed(10);
  session.handle(key('r'), kLayout);
  while (session.player().tick() > 1000) session.advance(1.0 / 500);
  EXPECT_EQ(session.player().simulator().state_hash(), at_1000);
  pass(session, 300);
  EXPECT_EQ(session.player().tick(), 0u);
  EXPECT_FALSE(session.playing());
}

TEST(Session, AClickOnTheTimeLineSeeksAndDraggingGoesOnSeeking) {
  Session session = session_in("7");
  const Area line = kLayout.timeline;
  const double middle = (kLayout.time_left + kLayout.time_right) / 2;
  session.handle(mouse(Event::Kind::mouse_down, middle, line.y + 40), kLayout);
  EXPECT_NEAR(session.player().tick(), 3000, 5);
  Session direct = session_in("7");
  while (direct.player().tick() < session.player().tick()) direct.step(1);
  EXPECT_EQ(session.player().simulator().state_hash(), direct.player().simulator().state_hash());
  session.handle(mouse(Event::Kind::mouse_move, kLayout.time_left - 50, 10), kLayout);
  EXPECT_EQ(session.player().tick(), 0u);
  session.handle(mouse(Event::Kind::mouse_up, middle, 10), kLayout);
  session.handle(mouse(Event::Kind::mouse_move, middle, line.y + 40), kLayout);
  EXPECT_EQ(session.player().tick(), 0u);
}

TEST(Session, OffersExactlyTheFaultsThatTheSimulatorHas) {
  Session session = session_in("bare_room");
  std::vector<Fault> offered;
  for (const Component component : Session::components()) {
    session.choose(component);
    for (const FaultType type : session.types()) {
      session.choose(type);
      for (int severity = 1; severity <= session.severities(); ++severity) {
        session.choose_severity(severity);
        EXPECT_EQ(session.choice().severity, severity);
        offered.push_back({component, type, severity, 0});
      }
    }
  }
  std::vector<Fault> all = every_fault(0);
  std::erase_if(all, [](const Fault& fault) { return fault.component == Component::kBoard; });
  EXPECT_EQ(offered, all);
}

TEST(Session, WhateverIsChosenStaysAFaultThatExists) {
  Session session = session_in("bare_room");
  session.choose(Component::kGyro);
  session.choose(FaultType::kIntermittent);
  session.choose_severity(3);
  for (const Component component : Session::components()) {
    session.choose(component);
    const FaultChoice& choice = session.choice();
    EXPECT_LE(choice.severity, severities(choice.component, choice.type));
    EXPECT_GE(choice.severity, 1);
  }
}

TEST(Session, EveryFaultCanBeInjectedByClick) {
  Session session = session_in("bare_room");
  for (const Component component : Session::components()) {
    session.choose(component);
    for (const FaultType type : session.types()) {
      session.choose(type);
      session.inject();
      EXPECT_THAT(session.message(), HasSubstr("injected " + std::string(name_of(component))));
    }
  }
  session.step(1);
  EXPECT_EQ(session.player().simulator().active_faults().size(), session.player().timeline().faults().size());
}

TEST(Session, AnInjectedFaultEndsWhenItShould) {
  Session session = session_in("bare_room");
  session.seek(500);
  session.choose(Component::kBattery);
  session.choose(FaultType::kOff);
  session.choose_end(true, 4);
  session.handle(key('i'), kLayout);
  EXPECT_EQ(session.message(), "injected battery:off@10-14");
  EXPECT_FALSE(session.message().empty());
  pass(session, 600);
  EXPECT_TRUE(session.message().empty()) << "words do not stay for ever";
}

TEST(Session, AClickOnAReadingChoosesWhatToBreak) {
  Session session = session_in("bare_room");
  int clicks = 0;
  for (double y = kLayout.readings.y; y < kLayout.readings.y + kLayout.readings.height; y += 4)
    for (double x = kLayout.readings.x; x < kLayout.readings.x + kLayout.readings.width; x += 10)
      if (const auto component = component_at(kLayout.readings, x, y)) {
        session.handle(mouse(Event::Kind::mouse_down, x, y), kLayout);
        EXPECT_EQ(session.choice().component, *component);
        ++clicks;
      }
  EXPECT_GT(clicks, 100);
}

TEST(Session, TellsWhyNothingCanBeChangedAtTheEnd) {
  Session session = session_in("bare_room", 0.1);
  session.seek(300);
  session.handle(key('c'), kLayout);
  EXPECT_THAT(session.message(), HasSubstr("go back to change it"));
  EXPECT_TRUE(session.player().timeline().incidents().empty());
}

TEST(Layout, NothingOverlapsInAnyWindowOfLectureSize) {
  for (const auto& [width, height] : {std::pair{1280.0, 800.0}, {1024.0, 700.0}, {1600.0, 1000.0}}) {
    const Layout layout = layout_for(width, height);
    const std::vector<Area> areas = {layout.bar,      layout.status,   layout.home,   layout.keys,
                                     layout.close_up, layout.readings, layout.faults, layout.timeline};
    for (std::size_t i = 0; i < areas.size(); ++i) {
      const Area& a = areas[i];
      EXPECT_GE(a.x, 0);
      EXPECT_GE(a.y, 0);
      EXPECT_LE(a.x + a.width, width) << i;
      EXPECT_LE(a.y + a.height, height) << i;
      for (std::size_t k = 0; k < i; ++k) {
        const Area& b = areas[k];
        const bool apart =
            a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
        EXPECT_TRUE(apart || a.height == 0 || b.height == 0) << i << " and " << k << " at " << width << " x " << height;
      }
    }
  }
}

}  // namespace
}  // namespace handbuilt::robot_sim
