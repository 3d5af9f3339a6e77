#pragma once

#include <SDL.h>

#include <memory>
#include <string>

#include "core/error.hpp"

namespace handbuilt::window {

/// SDL's objects, released by their owner. Private to lib/window.
struct SdlDeleter {
  void operator()(SDL_Window* window) const { SDL_DestroyWindow(window); }
  void operator()(SDL_Renderer* renderer) const { SDL_DestroyRenderer(renderer); }
  void operator()(SDL_Texture* texture) const { SDL_DestroyTexture(texture); }
  void operator()(SDL_GameController* controller) const { SDL_GameControllerClose(controller); }
};
template <class Handle>
using SdlOwner = std::unique_ptr<Handle, SdlDeleter>;

/// Throws Error with SDL's own words when `ok` is false.
inline void require_sdl(bool ok, const std::string& what) {
  if (!ok) throw Error(what + ": " + SDL_GetError());
}

}  // namespace handbuilt::window
