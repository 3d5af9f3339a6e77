#include "support/virtual_display.hpp"

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

#include "core/error.hpp"

namespace handbuilt::testing {
namespace {

constexpr int kStartTimeoutMs = 20'000;

struct DisplayDeleter {
  void operator()(Display* display) const { XCloseDisplay(display); }
};
using Connection = std::unique_ptr<Display, DisplayDeleter>;

/// Xlib ends the process at a request for a window that is gone, unless it is told not to. Requests report it
/// themselves.
int go_on(Display* /*display*/, XErrorEvent* /*error*/) { return 0; }

Connection connect(const std::string& display) {
  XSetErrorHandler(go_on);
  Connection connection(XOpenDisplay(display.c_str()));
  if (connection == nullptr) throw Error("cannot reach the display " + display);
  return connection;
}

std::optional<::Window> find_window(Display* display, const std::string& title) {
  ::Window root = 0, parent = 0, *children = nullptr;
  unsigned count = 0;
  if (XQueryTree(display, DefaultRootWindow(display), &root, &parent, &children, &count) == 0) return std::nullopt;
  std::optional<::Window> found;
  for (unsigned i = 0; i < count; ++i) {
    char* name = nullptr;
    if (XFetchName(display, children[i], &name) != 0 && name != nullptr && title == name) found = children[i];
    if (name != nullptr) XFree(name);
  }
  if (children != nullptr) XFree(children);
  return found;
}

/// The window of this title. SDL takes a window away and makes it anew when its renderer asks for another kind, so one
/// that is missing may be back a moment later.
::Window await_window(Display* display, const std::string& title) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(kStartTimeoutMs);
  for (;;) {
    if (const auto window = find_window(display, title)) return *window;
    if (std::chrono::steady_clock::now() > end) throw Error("no window is called " + title);
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

/// The display number that the server writes into the pipe, or nothing when it does not come up.
std::string read_display_number(int pipe) {
  std::string number;
  for (char next = 0; number.size() < 8;) {
    pollfd waiting{pipe, POLLIN, 0};
    if (poll(&waiting, 1, kStartTimeoutMs) <= 0 || read(pipe, &next, 1) != 1) return {};
    if (next == '\n') return number;
    number += next;
  }
  return {};
}

struct Rectangle {
  double x, y, width, height;
};

struct ImageDeleter {
  void operator()(XImage* image) const { XDestroyImage(image); }
};

/// The pixels 0xRRGGBB of a rectangle of a window, row by row; nothing when the window goes away meanwhile.
std::optional<std::vector<unsigned long>> pixels_of(Display* display, ::Window window, const Rectangle& wanted) {
  // A rectangle that leaves the window has no image.
  XWindowAttributes at;
  if (XGetWindowAttributes(display, window, &at) == 0) return std::nullopt;
  const int left = std::max(static_cast<int>(wanted.x), 0), top = std::max(static_cast<int>(wanted.y), 0);
  const int right = std::min(static_cast<int>(wanted.x + wanted.width), at.width);
  const int bottom = std::min(static_cast<int>(wanted.y + wanted.height), at.height);
  if (left >= right || top >= bottom) return std::vector<unsigned long>{};
  const std::unique_ptr<XImage, ImageDeleter> image(XGetImage(display, window, left, top,
                                                              static_cast<unsigned>(right - left),
                                                              static_cast<unsigned>(bottom - top), AllPlanes, ZPixmap));
  if (image == nullptr) return std::nullopt;
  std::vector<unsigned long> pixels;
  for (int row = 0; row < bottom - top; ++row)
    for (int column = 0; column < right - left; ++column)
      pixels.push_back(XGetPixel(image.get(), column, row) & 0xffffff);
  return pixels;
}

std::vector<unsigned long> read_pixels(Display* display, const std::string& title, const Rectangle& wanted) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(kStartTimeoutMs);
  for (;;) {
    if (auto pixels = pixels_of(display, await_window(display, title), wanted)) return *std::move(pixels);
    if (std::chrono::steady_clock::now() > end) throw Error("cannot read the pixels of " + title);
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

void xdotool(const std::string& arguments) {
  if (std::system(("timeout 20 xdotool " + arguments + " >/dev/null 2>&1").c_str()) != 0)
    throw Error("xdotool " + arguments + " failed");
}

}  // namespace

bool VirtualDisplay::is_available() {
  return std::system("command -v Xvfb >/dev/null 2>&1 && command -v xdotool >/dev/null 2>&1") == 0;
}

VirtualDisplay::VirtualDisplay(int width, int height) {
  int ends[2];
  if (pipe(ends) != 0) throw Error("cannot make a pipe to Xvfb");
  const std::string fd = std::to_string(ends[1]);
  const std::string screen = std::to_string(width) + "x" + std::to_string(height) + "x24";
  server_ = fork();
  if (server_ == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);  // left over, it would hold the test's output open
    ::close(ends[0]);
    const int nowhere = open("/dev/null", O_WRONLY);
    dup2(nowhere, STDERR_FILENO);
    execlp("Xvfb", "Xvfb", "-displayfd", fd.c_str(), "-screen", "0", screen.c_str(), "-nolisten", "tcp", "-noreset",
           nullptr);
    _exit(127);
  }
  ::close(ends[1]);
  const std::string number = server_ > 0 ? read_display_number(ends[0]) : "";
  ::close(ends[0]);
  if (number.empty()) {
    if (server_ > 0) {
      kill(server_, SIGKILL);
      waitpid(server_, nullptr, 0);
    }
    throw Error("Xvfb does not start");
  }
  display_ = ":" + number;
  setenv("DISPLAY", display_.c_str(), 1);
  unsetenv("SDL_VIDEODRIVER");
}

/// A server that is asked to end just before it goes to sleep sleeps on: it is asked again and again, and then made to.
VirtualDisplay::~VirtualDisplay() {
  unsetenv("DISPLAY");
  if (server_ <= 0) return;
  const auto patience = std::chrono::steady_clock::now() + std::chrono::seconds(5);
  while (std::chrono::steady_clock::now() < patience) {
    kill(server_, SIGTERM);
    for (int look = 0; look < 10; ++look) {
      if (waitpid(server_, nullptr, WNOHANG) == server_) return;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
  }
  kill(server_, SIGKILL);
  waitpid(server_, nullptr, 0);
}

bool VirtualDisplay::focus(const std::string& title) {
  const Connection connection = connect(display_);
  const auto window = find_window(connection.get(), title);
  if (!window) return false;
  // Before a window is on the screen it cannot have the keyboard.
  XWindowAttributes at;
  if (XGetWindowAttributes(connection.get(), *window, &at) == 0 || at.map_state != IsViewable) return false;
  XSetInputFocus(connection.get(), *window, RevertToParent, CurrentTime);
  return true;
}

bool VirtualDisplay::resize(const std::string& title, int width, int height) {
  const Connection connection = connect(display_);
  const auto window = find_window(connection.get(), title);
  if (window)
    XMoveResizeWindow(connection.get(), *window, 0, 0, static_cast<unsigned>(width), static_cast<unsigned>(height));
  return window.has_value();
}

bool VirtualDisplay::close(const std::string& title) {
  const Connection connection = connect(display_);
  const auto window = find_window(connection.get(), title);
  if (!window) return false;
  XEvent event{};
  event.xclient.type = ClientMessage;
  event.xclient.window = *window;
  event.xclient.message_type = XInternAtom(connection.get(), "WM_PROTOCOLS", False);
  event.xclient.format = 32;
  event.xclient.data.l[0] = static_cast<long>(XInternAtom(connection.get(), "WM_DELETE_WINDOW", False));
  XSendEvent(connection.get(), *window, False, NoEventMask, &event);
  return true;
}

void VirtualDisplay::move_mouse(const std::string& title, int x, int y) {
  const Connection connection = connect(display_);
  XWindowAttributes at;
  if (XGetWindowAttributes(connection.get(), await_window(connection.get(), title), &at) == 0)
    throw Error("the window " + title + " has gone away");
  xdotool("mousemove " + std::to_string(at.x + x) + " " + std::to_string(at.y + y));
}

void VirtualDisplay::hold_mouse() { xdotool("mousedown 1"); }
void VirtualDisplay::release_mouse() { xdotool("mouseup 1"); }

void VirtualDisplay::click(const std::string& title, int x, int y) {
  move_mouse(title, x, y);
  hold_mouse();
  release_mouse();
}

int VirtualDisplay::marked_pixels(const std::string& title, double x, double y, double width, double height) {
  const Connection connection = connect(display_);
  const auto pixels = read_pixels(connection.get(), title, {x, y, width, height});
  return static_cast<int>(pixels.size() -
                          static_cast<std::size_t>(std::count(pixels.begin(), pixels.end(), 0xffffffUL)));
}

std::string VirtualDisplay::fingerprint(const std::string& title, double x, double y, double width, double height) {
  const Connection connection = connect(display_);
  std::string bytes;
  for (const unsigned long pixel : read_pixels(connection.get(), title, {x, y, width, height}))
    for (const int shift : {16, 8, 0}) bytes += static_cast<char>(pixel >> shift & 0xff);
  return bytes;
}

void VirtualDisplay::hold_key(const std::string& name) { xdotool("keydown " + name); }
void VirtualDisplay::release_key(const std::string& name) { xdotool("keyup " + name); }
void VirtualDisplay::press_key(const std::string& name) { xdotool("key " + name); }

}  // namespace handbuilt::testing
