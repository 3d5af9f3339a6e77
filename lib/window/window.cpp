#include "window/window.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <optional>

#include "data/image.hpp"
#include "window/controls.hpp"
#include "window/presenter.hpp"
#include "window/sdl_handles.hpp"

namespace handbuilt::window {
namespace {

constexpr double kPageWidth = 1280, kPageHeight = 800;  // the page on which one unit is one pixel
constexpr double kFramesPerSecond = 60;
constexpr int kSmallestWidth = 480, kSmallestHeight = 360;
constexpr double kProjectorScale = 1.5;                                  // type in a lecture hall
constexpr double kProjectorPageWidth = 720, kProjectorPageHeight = 500;  // and the least that must fit beside it
constexpr double kCaptionHeight = 0.07;                                  // of the window's
/// Controls react a frame after the event and fade for some more; after that an unchanged window is not drawn again.
constexpr int kFramesAfterAnEvent = 4;

/// SDL's video, from the making of a window to its end.
class Video {
 public:
  explicit Video(bool headless) {
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "1");
    SDL_SetHint(SDL_HINT_QUIT_ON_LAST_WINDOW_CLOSE, "0");
    if (headless) SDL_SetHintWithPriority(SDL_HINT_VIDEODRIVER, "dummy", SDL_HINT_OVERRIDE);
    const bool started = SDL_InitSubSystem(SDL_INIT_VIDEO) == 0;
    if (headless) SDL_ResetHint(SDL_HINT_VIDEODRIVER);
    require_sdl(started, "cannot open a window (--headless needs none)");
    if (!headless && std::getenv("SDL_VIDEODRIVER") == nullptr && !reaches_a_screen()) {
      SDL_QuitSubSystem(SDL_INIT_VIDEO);
      throw Error("cannot open a window: there is no display (--headless needs none)");
    }
  }
  ~Video() { SDL_QuitSubSystem(SDL_INIT_VIDEO); }
  Video(const Video&) = delete;
  Video& operator=(const Video&) = delete;

 private:
  /// SDL falls back on a driver that draws for nobody.
  static bool reaches_a_screen() {
    const std::string driver = SDL_GetCurrentVideoDriver();
    return driver != "offscreen" && driver != "dummy" && driver != "evdev";
  }
};

/// What a lecturer asked for, whatever the demo knows of it.
Window::Options as_presented(Window::Options options) {
  const char* script = std::getenv("HANDBUILT_SCRIPT");
  if (!options.headless && options.script.empty() && script != nullptr) options.script = script;
  options.projector = options.projector || (!options.headless && std::getenv("HANDBUILT_PROJECTOR") != nullptr);
  if (options.projector) options.theme = plot::Theme::high_contrast;
  return options;
}

std::optional<Presenter> read_presenter(const std::filesystem::path& script) {
  if (script.empty()) return std::nullopt;
  return Presenter(script, read_script(script));
}

SdlOwner<SDL_Window> open_window(const Window::Options& options) {
  Uint32 flags = SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI;
  if (options.projector) flags |= SDL_WINDOW_FULLSCREEN_DESKTOP;
  SdlOwner<SDL_Window> window(SDL_CreateWindow(options.title.c_str(), SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED,
                                               options.width, options.height, flags));
  require_sdl(window != nullptr, "cannot open a window");
  SDL_SetWindowMinimumSize(window.get(), kSmallestWidth, kSmallestHeight);
  return window;
}

SdlOwner<SDL_Renderer> make_renderer(SDL_Window* window) {
  SdlOwner<SDL_Renderer> renderer(SDL_CreateRenderer(window, -1, SDL_RENDERER_SOFTWARE));
  require_sdl(renderer != nullptr, "cannot draw in a window");
  return renderer;
}

Key named_key(SDL_Keycode code) {
  switch (code) {
    case SDLK_ESCAPE:
      return Key::escape;
    case SDLK_RETURN:
    case SDLK_KP_ENTER:
      return Key::enter;
    case SDLK_BACKSPACE:
      return Key::backspace;
    case SDLK_TAB:
      return Key::tab;
    case SDLK_LEFT:
      return Key::left;
    case SDLK_RIGHT:
      return Key::right;
    case SDLK_UP:
      return Key::up;
    case SDLK_DOWN:
      return Key::down;
    default:
      return Key::none;
  }
}

char printable_character(SDL_Keycode code) {
  if (code >= SDLK_KP_1 && code <= SDLK_KP_9) return static_cast<char>('1' + (code - SDLK_KP_1));
  if (code == SDLK_KP_0) return '0';
  return code >= ' ' && code <= '~' ? static_cast<char>(code) : '\0';
}

}  // namespace

struct Window::State {
  explicit State(const Options& options);
  void fit_canvas();
  void end_frame();
  void draw();
  void play(const ScriptStep& step);
  [[nodiscard]] std::optional<Event> translate(const SDL_Event& event) const;
  void handle(const SDL_Event& event);

  std::optional<Presenter> presenter;  // first: a script that cannot be read opens no window
  bool projector;
  std::filesystem::path screenshot;  // to be written when this frame is done; empty: none
  Video video;
  SdlOwner<SDL_Window> window;
  SdlOwner<SDL_Renderer> renderer;
  plot::Theme theme;
  Controls controls;
  std::optional<Canvas> canvas;
  SdlOwner<SDL_Texture> texture;
  SdlOwner<SDL_GameController> controller;
  double scale = 0;    // pixels of the canvas to a unit of the page
  double density = 1;  // pixels of the canvas to a unit of the desktop
  bool is_open = true;
  bool in_frame = false;
  bool has_begun = false;      // a frame has
  bool blank = true;           // nothing was painted since the canvas was made
  bool canvas_changed = true;  // since its pixels were copied into the texture
  int frames_to_draw = kFramesAfterAnEvent;
  // On SDL's performance counter.
  std::uint64_t next_frame_due = 0, frame_began = SDL_GetPerformanceCounter();
  double passed_s = 0;  // from the beginning of the frame before
  std::vector<Event> events;
};

Window::State::State(const Options& options)
    : presenter(read_presenter(options.script)),
      projector(options.projector),
      video(options.headless),
      window(open_window(options)),
      renderer(make_renderer(window.get())),
      theme(options.theme),
      controls(window.get(), renderer.get(), theme) {
  fit_canvas();
}

/// Makes a new canvas when the window's pixels are no longer as many as the canvas's.
void Window::State::fit_canvas() {
  int pixels_wide = 0, pixels_high = 0, units_wide = 0, units_high = 0;
  SDL_GetRendererOutputSize(renderer.get(), &pixels_wide, &pixels_high);
  SDL_GetWindowSize(window.get(), &units_wide, &units_high);
  pixels_wide = std::max(pixels_wide, 1), pixels_high = std::max(pixels_high, 1);
  if (canvas && canvas->width() == pixels_wide && canvas->height() == pixels_high) return;

  canvas.emplace(pixels_wide, pixels_high, theme);
  texture.reset(
      SDL_CreateTexture(renderer.get(), SDL_PIXELFORMAT_RGB888, SDL_TEXTUREACCESS_STREAMING, pixels_wide, pixels_high));
  require_sdl(texture != nullptr, "a window's picture");
  blank = canvas_changed = true;
  density = units_wide > 0 ? static_cast<double>(pixels_wide) / units_wide : 1;
  double wanted = std::max(density, std::min(pixels_wide / kPageWidth, pixels_high / kPageHeight));
  if (projector)
    wanted = std::max(density, std::min({kProjectorScale * wanted, pixels_wide / kProjectorPageWidth,
                                         pixels_high / kProjectorPageHeight}));
  const double rounded = std::floor(4 * wanted) / 4;
  if (rounded != scale) controls.set_scale(rounded);
  scale = rounded;
}

void Window::State::end_frame() {
  if (in_frame) controls.end_frame();
  in_frame = false;
}

/// Draws canvas and controls, without presenting them.
void Window::State::draw() {
  if (canvas_changed) SDL_UpdateTexture(texture.get(), nullptr, canvas->words(), canvas->stride_bytes());
  canvas_changed = false;
  SDL_RenderCopy(renderer.get(), texture.get(), nullptr, nullptr);
  controls.draw();
  if (!presenter) return;
  const int width = canvas->width(), height = std::max(1, static_cast<int>(kCaptionHeight * canvas->height()));
  SDL_Texture* caption = presenter->caption(renderer.get(), width, height, scale, theme);
  const SDL_Rect band{0, canvas->height() - height, width, height};
  if (caption != nullptr) SDL_RenderCopy(renderer.get(), caption, nullptr, &band);
}

/// Does what a step asks for and is not a control's.
void Window::State::play(const ScriptStep& step) {
  frames_to_draw = kFramesAfterAnEvent;
  if (step.kind == ScriptStep::Kind::key) events.push_back(step.key);
  if (step.kind == ScriptStep::Kind::screenshot) screenshot = step.picture;
  if (step.kind == ScriptStep::Kind::quit) is_open = false;
}

std::optional<Event> Window::State::translate(const SDL_Event& event) const {
  Event translated;
  const auto place = [&](int x, int y) {
    translated.x = x * density / scale;
    translated.y = y * density / scale;
  };
  switch (event.type) {
    case SDL_KEYDOWN:
      translated.key = named_key(event.key.keysym.sym);
      translated.character = printable_character(event.key.keysym.sym);
      if (translated.key == Key::none && translated.character == 0) return std::nullopt;
      return translated;
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
      translated.kind = event.type == SDL_MOUSEBUTTONDOWN ? Event::Kind::mouse_down : Event::Kind::mouse_up;
      translated.left_held = event.button.button == SDL_BUTTON_LEFT;
      place(event.button.x, event.button.y);
      return translated;
    case SDL_MOUSEMOTION:
      translated.kind = Event::Kind::mouse_move;
      translated.left_held = (event.motion.state & SDL_BUTTON_LMASK) != 0;
      place(event.motion.x, event.motion.y);
      return translated;
    case SDL_MOUSEWHEEL:
      translated.kind = Event::Kind::wheel;
      translated.wheel = event.wheel.y;
      place(event.wheel.mouseX, event.wheel.mouseY);
      return translated;
    default:
      return std::nullopt;
  }
}

void Window::State::handle(const SDL_Event& event) {
  frames_to_draw = kFramesAfterAnEvent;
  if (event.type == SDL_QUIT) is_open = false;
  if (event.type == SDL_WINDOWEVENT && event.window.event == SDL_WINDOWEVENT_CLOSE) is_open = false;
  if (controls.take(event)) return;
  if (const std::optional<Event> translated = translate(event)) events.push_back(*translated);
}

Window::Window(const Options& options) : state_(std::make_unique<State>(as_presented(options))) {}
Window::~Window() = default;

bool Window::next_frame() {
  State& state = *state_;

  // Show the frame that ends, if there was one.
  if (!state.screenshot.empty()) data::write_png(state.screenshot, pixels());
  state.screenshot.clear();
  state.end_frame();
  if (!state.is_open) return false;
  if (state.has_begun && (state.canvas_changed || state.frames_to_draw > 0)) {
    state.draw();
    SDL_RenderPresent(state.renderer.get());
    --state.frames_to_draw;
  }

  // Wait for the next one; after a long pause do not try to catch up.
  const std::uint64_t ticks_a_frame = SDL_GetPerformanceFrequency() / static_cast<std::uint64_t>(kFramesPerSecond);
  const std::uint64_t now = SDL_GetPerformanceCounter();
  if (now < state.next_frame_due)
    SDL_Delay(static_cast<Uint32>(1000 * (state.next_frame_due - now) / SDL_GetPerformanceFrequency()));
  state.next_frame_due = std::max(state.next_frame_due, now) + ticks_a_frame;

  // Take what the user did meanwhile.
  state.events.clear();
  for (SDL_Event event; SDL_PollEvent(&event) != 0;) state.handle(event);
  if (state.presenter)
    if (const ScriptStep* step = state.presenter->next_step()) state.play(*step);
  if (!state.is_open) return false;
  state.fit_canvas();
  state.controls.begin_frame();
  state.in_frame = state.has_begun = true;
  const std::uint64_t began = SDL_GetPerformanceCounter();
  state.passed_s = static_cast<double>(began - state.frame_began) / static_cast<double>(SDL_GetPerformanceFrequency());
  state.frame_began = began;
  return true;
}

void Window::close() { state_->is_open = false; }
double Window::passed_s() const { return state_->passed_s; }

double Window::width() const { return state_->canvas->width() / state_->scale; }
double Window::height() const { return state_->canvas->height() / state_->scale; }
const std::vector<Event>& Window::events() const { return state_->events; }

bool Window::is_held(Key key) const {
  constexpr std::pair<Key, SDL_Scancode> kCodes[] = {
      {Key::escape, SDL_SCANCODE_ESCAPE}, {Key::enter, SDL_SCANCODE_RETURN}, {Key::backspace, SDL_SCANCODE_BACKSPACE},
      {Key::tab, SDL_SCANCODE_TAB},       {Key::left, SDL_SCANCODE_LEFT},    {Key::right, SDL_SCANCODE_RIGHT},
      {Key::up, SDL_SCANCODE_UP},         {Key::down, SDL_SCANCODE_DOWN}};
  const Uint8* held = SDL_GetKeyboardState(nullptr);
  return std::any_of(std::begin(kCodes), std::end(kCodes),
                     [&](const auto& code) { return code.first == key && held[code.second] != 0; });
}

bool Window::is_held(char character) const {
  const SDL_Scancode code = SDL_GetScancodeFromKey(static_cast<SDL_Keycode>(character));
  return code != SDL_SCANCODE_UNKNOWN && SDL_GetKeyboardState(nullptr)[code] != 0;
}

std::optional<Window::Stick> Window::stick() {
  SdlOwner<SDL_GameController>& controller = state_->controller;
  if (controller && SDL_GameControllerGetAttached(controller.get()) == SDL_FALSE) controller.reset();
  if (SDL_WasInit(SDL_INIT_GAMECONTROLLER) == 0 && SDL_InitSubSystem(SDL_INIT_GAMECONTROLLER) != 0) return std::nullopt;
  for (int i = 0; !controller && i < SDL_NumJoysticks(); ++i)
    if (SDL_IsGameController(i) == SDL_TRUE) controller.reset(SDL_GameControllerOpen(i));
  if (!controller) return std::nullopt;
  const auto axis = [&](SDL_GameControllerAxis which) {
    return std::clamp(SDL_GameControllerGetAxis(controller.get(), which) / 32767.0, -1.0, 1.0);
  };
  return Stick{axis(SDL_CONTROLLER_AXIS_LEFTX), -axis(SDL_CONTROLLER_AXIS_LEFTY)};
}

bool Window::needs_painting() const { return state_->blank; }

Area Window::cover(const Area& area) {
  const double scale = state_->scale;
  const Area pixels{scale * area.x, scale * area.y, scale * area.width, scale * area.height};
  state_->controls.cover(pixels);
  return pixels;
}

double Window::pixels_a_unit() const { return state_->scale; }

bool Window::is_pressed_by_script(const std::string& label) {
  return state_->presenter && state_->presenter->takes_press(label);
}

std::optional<double> Window::set_by_script(const std::string& label) {
  return state_->presenter ? state_->presenter->takes_value(label) : std::nullopt;
}

void Window::paint(const plot::DisplayList& page) {
  state_->canvas->clear();
  state_->canvas->paint(page, 0, 0, state_->scale);
  state_->blank = false;
  state_->canvas_changed = true;
}

data::ByteTensor Window::pixels() {
  State& state = *state_;
  state.end_frame();
  state.draw();
  const int height = state.canvas->height(), width = state.canvas->width();
  data::ByteTensor pixels(Shape{height, width, 3});
  require_sdl(SDL_RenderReadPixels(state.renderer.get(), nullptr, SDL_PIXELFORMAT_RGB24, pixels.data(), 3 * width) == 0,
              "cannot read a window's pixels");
  return pixels;
}

}  // namespace handbuilt::window
