#pragma once

#include <gtest/gtest.h>

#include <string>

namespace handbuilt::test {

/// The message of the `Expected` exception that `action` throws; fails the test when it throws none or another.
template <class Expected, class Action>
std::string message_of(Action&& action) {
  try {
    action();
  } catch (const Expected& error) {
    return error.what();
  } catch (const std::exception& error) {
    ADD_FAILURE() << "expected another kind of exception than: " << error.what();
    return {};
  }
  ADD_FAILURE() << "expected an exception, got none";
  return {};
}

}  // namespace handbuilt::test
