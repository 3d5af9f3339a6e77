#include "window/controls.hpp"

#include <imgui.h>

#include <backends/imgui_impl_sdl.h>

#include <algorithm>
#include <filesystem>

namespace handbuilt::window {
namespace {

constexpr double kFontSize = 15;  // in units of the page

/// Where DejaVu Sans lives on Debian and its relatives, Fedora, Arch and macOS with Homebrew; empty when nowhere.
std::string find_font() {
  for (const char* path :
       {"/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "/usr/share/fonts/dejavu-sans-fonts/DejaVuSans.ttf",
        "/usr/share/fonts/TTF/DejaVuSans.ttf", "/opt/homebrew/share/fonts/DejaVuSans.ttf"})
    if (std::filesystem::exists(path)) return path;
  return {};
}

/// The part of `clip` that lies on a target of the given size; empty when it lies outside.
SDL_Rect visible_part(const ImVec4& clip, int width, int height) {
  const int left = std::max(static_cast<int>(clip.x), 0), top = std::max(static_cast<int>(clip.y), 0);
  const int right = std::min(static_cast<int>(clip.z), width), bottom = std::min(static_cast<int>(clip.w), height);
  return {left, top, std::max(right - left, 0), std::max(bottom - top, 0)};
}

void draw_list(SDL_Renderer* renderer, const ImDrawList& list, int width, int height) {
  for (const ImDrawCmd& command : list.CmdBuffer) {
    const SDL_Rect clip = visible_part(command.ClipRect, width, height);
    if (clip.w == 0 || clip.h == 0) continue;
    SDL_RenderSetClipRect(renderer, &clip);
    const ImDrawVert* vertices = list.VtxBuffer.Data + command.VtxOffset;
    SDL_RenderGeometryRaw(renderer, static_cast<SDL_Texture*>(command.GetTexID()), &vertices->pos.x, sizeof(ImDrawVert),
                          reinterpret_cast<const SDL_Color*>(&vertices->col), sizeof(ImDrawVert), &vertices->uv.x,
                          sizeof(ImDrawVert), list.VtxBuffer.Size - static_cast<int>(command.VtxOffset),
                          list.IdxBuffer.Data + command.IdxOffset, static_cast<int>(command.ElemCount),
                          sizeof(ImDrawIdx));
  }
}

}  // namespace

Controls::Controls(SDL_Window* window, SDL_Renderer* renderer, plot::Theme theme)
    : window_(window), renderer_(renderer), theme_(theme), context_(ImGui::CreateContext()) {
  ImGui::SetCurrentContext(context_);
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;  // leaves no file behind
  io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
  ImGui_ImplSDL2_InitForSDLRenderer(window_);
  set_scale(1);
}

Controls::~Controls() {
  ImGui::SetCurrentContext(context_);
  ImGui_ImplSDL2_Shutdown();
  ImGui::DestroyContext(context_);
}

void Controls::set_scale(double scale) {
  scale_ = scale;
  ImGui::SetCurrentContext(context_);
  ImGuiStyle style;
  theme_ == plot::Theme::dark ? ImGui::StyleColorsDark(&style) : ImGui::StyleColorsLight(&style);
  style.FrameBorderSize = 1;
  if (theme_ == plot::Theme::high_contrast) style.Colors[ImGuiCol_Border] = {0, 0, 0, 1};
  style.WindowPadding = {0, 0};
  style.FramePadding = {10, 5};
  style.ItemSpacing = {8, 6};
  style.ScaleAllSizes(static_cast<float>(scale));
  ImGui::GetStyle() = style;
  load_font();
}

void Controls::load_font() {
  ImGuiIO& io = ImGui::GetIO();
  io.Fonts->Clear();
  const std::string path = find_font();
  if (path.empty()) {
    ImFontConfig config;
    config.SizePixels = static_cast<float>(kFontSize * scale_);
    io.Fonts->AddFontDefault(&config);
  } else {
    io.Fonts->AddFontFromFileTTF(path.c_str(), static_cast<float>(kFontSize * scale_));
  }
  unsigned char* pixels = nullptr;
  int width = 0, height = 0;
  io.Fonts->GetTexDataAsRGBA32(&pixels, &width, &height);
  font_.reset(SDL_CreateTexture(renderer_, SDL_PIXELFORMAT_RGBA32, SDL_TEXTUREACCESS_STATIC, width, height));
  require_sdl(font_ != nullptr, "the controls' letters");
  SDL_UpdateTexture(font_.get(), nullptr, pixels, 4 * width);
  SDL_SetTextureBlendMode(font_.get(), SDL_BLENDMODE_BLEND);
  io.Fonts->SetTexID(font_.get());
}

bool Controls::take(const SDL_Event& event) {
  ImGui::SetCurrentContext(context_);
  ImGui_ImplSDL2_ProcessEvent(&event);
  switch (event.type) {
    case SDL_MOUSEBUTTONDOWN:
      return covers(event.button.x, event.button.y);
    case SDL_MOUSEWHEEL:
      return covers(event.wheel.mouseX, event.wheel.mouseY);
    case SDL_KEYDOWN:
      return ImGui::GetIO().WantTextInput;
    default:
      return false;
  }
}

bool Controls::covers(int x, int y) const {
  if (list_is_open_) return true;
  const double density = pixels_a_desktop_unit();
  return std::any_of(areas_shown_.begin(), areas_shown_.end(),
                     [&](const Area& area) { return area.contains(density * x, density * y); });
}

double Controls::pixels_a_desktop_unit() const {
  int pixels = 0, units = 0;
  SDL_GetRendererOutputSize(renderer_, &pixels, nullptr);
  SDL_GetWindowSize(window_, &units, nullptr);
  return units > 0 ? static_cast<double>(pixels) / units : 1;
}

void Controls::begin_frame() {
  ImGui::SetCurrentContext(context_);
  ImGui_ImplSDL2_NewFrame();

  // Lay out in pixels of the target and take the mouse from SDL's events, where ImGui's backend takes the desktop's
  // units and asks the desktop, whose answer may be older than the events.
  ImGuiIO& io = ImGui::GetIO();
  int width = 0, height = 0;
  SDL_GetRendererOutputSize(renderer_, &width, &height);
  io.DisplaySize = {static_cast<float>(width), static_cast<float>(height)};
  io.DisplayFramebufferScale = {1, 1};
  if (SDL_GetMouseFocus() == window_) {
    int x = 0, y = 0;
    SDL_GetMouseState(&x, &y);
    const double density = pixels_a_desktop_unit();
    io.MousePos = {static_cast<float>(density * x), static_cast<float>(density * y)};
  }
  areas_.clear();
  ImGui::NewFrame();
}

void Controls::end_frame() {
  ImGui::SetCurrentContext(context_);
  // A list that is open reaches beyond its panel's area, and a click elsewhere closes it.
  list_is_open_ = ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopupId | ImGuiPopupFlags_AnyPopupLevel);
  ImGui::Render();
  areas_shown_ = areas_;
}

void Controls::draw() const {
  ImGui::SetCurrentContext(context_);
  const ImDrawData* data = ImGui::GetDrawData();
  if (data == nullptr) return;
  int width = 0, height = 0;
  SDL_GetRendererOutputSize(renderer_, &width, &height);
  for (int i = 0; i < data->CmdListsCount; ++i) draw_list(renderer_, *data->CmdLists[i], width, height);
  SDL_RenderSetClipRect(renderer_, nullptr);
}

}  // namespace handbuilt::window
