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

bool Panel::choice(const std::string& label, const std::vector<std::string>& options, int& chosen, double width) {
  next_place();
  const int before = chosen, last = static_cast<int>(options.size()) - 1;
  ImGui::SetNextItemWidth(static_cast<float>(width * window_.pixels_a_unit()));
  if (ImGui::BeginCombo(("##" + label).c_str(), options[static_cast<std::size_t>(chosen)].c_str(),
                        ImGuiComboFlags_HeightLarge)) {
    for (int i = 0; i <= last; ++i)
      if (ImGui::Selectable(options[static_cast<std::size_t>(i)].c_str(), i == chosen)) chosen = i;
    ImGui::EndCombo();
  }
  if (const std::optional<double> scripted = window_.set_by_script(label))
    chosen = static_cast<int>(std::clamp(*scripted, 0.0, static_cast<double>(last)));
  return chosen != before;
}

void Panel::text(const std::string& words) {
  next_place();
  ImGui::AlignTextToFramePadding();
  ImGui::TextUnformatted(words.c_str());
}

}  // namespace handbuilt::window
