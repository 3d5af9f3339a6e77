#include <imgui.h>

#include <algorithm>

#include "window/window.hpp"

namespace handbuilt::window {

Panel::Panel(Window& window, const std::string& name, const Area& area, Flow flow) : window_(window), flow_(flow) {
  const Area pixels = window.cover(area);
  ImGui::SetNextWindowPos({static_cast<float>(pixels.x), static_cast<float>(pixels.y)});
  ImGui::SetNextWindowSize({static_cast<float>(pixels.width), static_cast<float>(pixels.height)});
  ImGui::Begin(name.c_str(), nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoMove |
                   ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoNav);
}

Panel::~Panel() { ImGui::End(); }

/// Moves to where the next control stands.
void Panel::next_place() {
  if (flow_ == Flow::row && !is_first_) ImGui::SameLine();
  is_first_ = false;
}

bool Panel::button(const std::string& label, bool highlighted) {
  next_place();
  if (highlighted) ImGui::PushStyleColor(ImGuiCol_Button, ImGui::GetStyleColorVec4(ImGuiCol_ButtonActive));
  const bool pressed = ImGui::Button(label.c_str());
  if (highlighted) ImGui::PopStyleColor();
  return window_.is_pressed_by_script(label) || pressed;
}

bool Panel::toggle(const std::string& label, bool& on) {
  next_place();
  const bool changed = ImGui::Checkbox(label.c_str(), &on);
  if (!window_.is_pressed_by_script(label)) return changed;
  on = !on;
  return true;
}

bool Panel::slider(const std::string& label, double& value, double low, double high) {
  next_place();
  ImGui::SetNextItemWidth(ImGui::GetFontSize() * 8);
  const bool moved = ImGui::SliderScalar(label.c_str(), ImGuiDataType_Double, &value, &low, &high, "%.3g");
  const std::optional<double> scripted = window_.set_by_script(label);
  if (!scripted) return moved;
  value = std::clamp(*scripted, low, high);
  return true;
}

void Panel::text(const std::string& words) {
  next_place();
  ImGui::AlignTextToFramePadding();
  ImGui::TextUnformatted(words.c_str());
}

}  // namespace handbuilt::window
