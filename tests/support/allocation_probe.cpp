#include "support/allocation_probe.hpp"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <new>

namespace {

std::atomic<std::size_t> largest{0};

void note(std::size_t bytes) {
  std::size_t seen = largest.load();
  while (bytes > seen && !largest.compare_exchange_weak(seen, bytes)) {
  }
}

}  // namespace

namespace handbuilt::test {

std::size_t largest_allocation() { return largest.load(); }
void reset_largest_allocation() { largest.store(0); }

}  // namespace handbuilt::test

void* operator new(std::size_t bytes) {
  note(bytes);
  if (void* block = std::malloc(std::max<std::size_t>(bytes, 1))) return block;
  throw std::bad_alloc();
}
void* operator new(std::size_t bytes, std::align_val_t alignment) {
  note(bytes);
  const auto boundary = static_cast<std::size_t>(alignment);
  const std::size_t whole = std::max(boundary, (bytes + boundary - 1) / boundary * boundary);
  if (void* block = std::aligned_alloc(boundary, whole)) return block;
  throw std::bad_alloc();
}
void operator delete(void* block) noexcept { std::free(block); }
void operator delete(void* block, std::size_t) noexcept { std::free(block); }
void operator delete(void* block, std::align_val_t) noexcept { std::free(block); }
void operator delete(void* block, std::size_t, std::align_val_t) noexcept { std::free(block); }
