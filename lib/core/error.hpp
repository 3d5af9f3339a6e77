#pragma once

#include <stdexcept>
#include <string>

namespace handbuilt {

/// The one family of exceptions that Handbuilt throws. The message is one line that tells the person who can mend it
/// what went wrong, where, what was expected and what came instead.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Sizes that do not fit together; the message names both shapes.
class ShapeError : public Error {
 public:
  using Error::Error;
};

/// An index outside its tensor, table or list.
class IndexError : public Error {
 public:
  using Error::Error;
};

/// An argument whose value makes no sense (a negative learning rate, a probability above one).
class ValueError : public Error {
 public:
  using Error::Error;
};

/// A file that is missing, malformed, truncated or cannot be written. Messages start with `path:` or `path:line:`.
class DataError : public Error {
 public:
  using Error::Error;
};

}  // namespace handbuilt
