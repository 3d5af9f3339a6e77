#include "grader/judge/student.hpp"

namespace handbuilt::grader {

StudentObject::StudentObject(std::string class_name)
    : class_(std::move(class_name)), handle_(StudentFunction<std::uint64_t()>(class_ + "::create", "")()) {}

StudentObject::~StudentObject() {
  if (Session::current().task_is_over()) return;
  try {
    StudentFunction<void(std::uint64_t)>(class_ + "::destroy", "object")(handle_);
  } catch (const std::exception&) {
    // Its failure is recorded, and a destructor has nowhere to throw.
  }
}

}  // namespace handbuilt::grader
