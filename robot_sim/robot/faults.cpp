#include "robot_sim/robot/faults.hpp"

#include <array>
#include <charconv>
#include <cmath>

#include "core/error.hpp"

namespace handbuilt::robot_sim {

namespace {

constexpr std::array<std::string_view, kComponents> kComponentNames = {"encoder_left",
                                                                       "encoder_right",
                                                                       "gyro",
                                                                       "bumper_left",
                                                                       "bumper_right",
                                                                       "cliff_left",
                                                                       "cliff_front_left",
                                                                       "cliff_front_right",
                                                                       "cliff_right",
                                                                       "range_left",
                                                                       "range_front_left",
                                                                       "range_front_right",
                                                                       "range_right",
                                                                       "wall_ir",
                                                                       "drop_left",
                                                                       "drop_right",
                                                                       "current_left",
                                                                       "current_right",
                                                                       "brush_current",
                                                                       "acceleration",
                                                                       "battery",
                                                                       "dirt",
                                                                       "camera",
                                                                       "wheel_left",
                                                                       "wheel_right",
                                                                       "brush",
                                                                       "side_brush",
                                                                       "cat",
                                                                       "link",
                                                                       "board"};

constexpr std::array<std::string_view, kFaultTypes> kTypeNames = {
    "off",  "stuck", "garbage", "wrong",   "slow", "delayed",   "intermittent", "weak",           "swapped",
    "mass", "block", "loss",    "corrupt", "hang", "bus_fault", "masked_hang",  "stack_overflow", "bit_flip"};

/// Whether a sensor says only yes or no.
constexpr bool is_switch(Component component) {
  return component == Component::kBumperLeft || component == Component::kBumperRight ||
         component == Component::kDropLeft || component == Component::kDropRight;
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  std::vector<Fault> parse() {
    std::vector<Fault> faults;
    if (text_.empty()) return faults;
    do {
      faults.push_back(fault());
    } while (take(','));
    if (at_ < text_.size()) fail("\",\" or the end");
    return faults;
  }

 private:
  [[noreturn]] void fail(const std::string& expected, std::size_t at) const {
    const std::string got = at >= text_.size() ? "the end" : "\"" + std::string(text_.substr(at, 24)) + "\"";
    throw ValueError("faults, position " + std::to_string(at + 1) + ": expected " + expected + ", got " + got);
  }
  [[noreturn]] void fail(const std::string& expected) const { fail(expected, at_); }

  bool take(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  std::string_view word() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && ((text_[at_] >= 'a' && text_[at_] <= 'z') || text_[at_] == '_')) ++at_;
    return text_.substr(begin, at_ - begin);
  }

  template <std::size_t n>
  int choice(const std::array<std::string_view, n>& names, const std::string& of_what) {
    const std::size_t begin = at_;
    const std::string_view found = word();
    std::string all;
    for (std::size_t i = 0; i < n; ++i) {
      if (names[i] == found) return static_cast<int>(i);
      all += (i == 0 ? "" : ", ") + std::string(names[i]);
    }
    fail(of_what + " (" + all + ")", begin);
  }

  double seconds(const char* of_what) {
    const std::size_t begin = at_;
    while (at_ < text_.size() && ((text_[at_] >= '0' && text_[at_] <= '9') || text_[at_] == '.')) ++at_;
    double value = 0;
    const char* end = text_.data() + at_;
    const auto [stopped, error] = std::from_chars(text_.data() + begin, end, value, std::chars_format::fixed);
    if (at_ == begin || error != std::errc() || stopped != end || value > 1e7)
      fail(std::string(of_what) + " in seconds, at most 1e7", begin);
    return value;
  }

  Fault fault() {
    Fault fault;
    fault.component = static_cast<Component>(choice(kComponentNames, "a component"));
    if (!take(':')) fail("\":\" and a type");
    const std::size_t type_at = at_;
    fault.type = static_cast<FaultType>(choice(kTypeNames, "a type"));
    const int levels = severities(fault.component, fault.type);
    if (levels == 0)
      fail("one of " + types_of(fault.component) + " for " + std::string(name_of(fault.component)), type_at);
    fault.severity = levels == 1 ? 1 : 2;
    const std::size_t severity_at = at_;
    if (take(':')) {
      if (levels == 1)
        fail("no severity: " + std::string(name_of(fault.component)) + ":" + std::string(name_of(fault.type)) +
                 " has none",
             severity_at);
      if (at_ >= text_.size() || text_[at_] < '1' || text_[at_] > '3') fail("a severity, 1, 2 or 3");
      fault.severity = text_[at_++] - '0';
    }
    if (!take('@'))
      fail(levels == 1 || at_ > severity_at ? "\"@\" and a start" : "\":\" and a severity, or \"@\" and a start");
    fault.start_s = seconds("a start");
    const std::size_t end_at = at_;
    if (take('-')) fault.end_s = seconds("an end");
    if (fault.end_s <= fault.start_s) fail("an end after the start", end_at + 1);
    return fault;
  }

  static std::string types_of(Component component) {
    std::string all;
    for (int t = 0; t < kFaultTypes; ++t)
      if (severities(component, static_cast<FaultType>(t)) > 0)
        all += (all.empty() ? "" : ", ") + std::string(kTypeNames[static_cast<std::size_t>(t)]);
    return all;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

std::string shortest(double value) {
  std::array<char, 64> buffer{};
  const auto [end, _] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed);
  return {buffer.data(), end};
}

}  // namespace

std::string_view name_of(Component component) { return kComponentNames.at(static_cast<std::size_t>(component)); }
std::string_view name_of(FaultType type) { return kTypeNames.at(static_cast<std::size_t>(type)); }

int severities(Component component, FaultType type) {
  using enum FaultType;
  switch (component) {
    case Component::kCat:
      return type == kMass || type == kBlock ? 3 : 0;
    case Component::kLink:
      return type == kLoss || type == kCorrupt ? 3 : 0;
    case Component::kBoard:
      return type >= kHang && type <= kBitFlip ? 1 : 0;
    case Component::kWheelLeft:
      return type == kWeak || type == kStuck || type == kDelayed ? 3 : type == kSwapped ? 1 : 0;
    case Component::kBrush:
      return type == kWeak || type == kStuck || type == kDelayed ? 3 : type == kSwapped ? 1 : 0;
    case Component::kWheelRight:
    case Component::kSideBrush:
      return type == kWeak || type == kStuck || type == kDelayed ? 3 : 0;  // swapped is said of the other one
    default:
      break;
  }
  if (type > kIntermittent) return 0;
  if (type == kOff || (type == kWrong && is_switch(component))) return 1;
  return 3;
}

std::vector<Fault> parse_faults(std::string_view text) { return Parser(text).parse(); }

std::string to_string(const std::vector<Fault>& faults) {
  std::string text;
  for (const Fault& fault : faults) {
    if (!text.empty()) text += ',';
    text += std::string(name_of(fault.component)) + ':' + std::string(name_of(fault.type));
    if (severities(fault.component, fault.type) == 3) text += ':' + std::to_string(fault.severity);
    text += '@' + shortest(fault.start_s);
    if (std::isfinite(fault.end_s)) text += '-' + shortest(fault.end_s);
  }
  return text;
}

std::vector<Fault> every_fault(double start_s) {
  std::vector<Fault> all;
  for (int c = 0; c < kComponents; ++c)
    for (int t = 0; t < kFaultTypes; ++t) {
      const auto component = static_cast<Component>(c);
      const auto type = static_cast<FaultType>(t);
      for (int severity = 1; severity <= severities(component, type); ++severity)
        all.push_back({component, type, severity, start_s, std::numeric_limits<double>::infinity()});
    }
  return all;
}

}  // namespace handbuilt::robot_sim
