#pragma once

// HANDBUILT_FOR_EACH(macro, context, a, b, c) is macro(context, a) macro(context, b) macro(context, c), for up to about
// 80 names: each HANDBUILT_EXPAND rescans its argument three times more than the one before.
#define HANDBUILT_PARENS ()
#define HANDBUILT_EXPAND(...) HANDBUILT_EXPAND3(HANDBUILT_EXPAND3(HANDBUILT_EXPAND3(__VA_ARGS__)))
#define HANDBUILT_EXPAND3(...) HANDBUILT_EXPAND2(HANDBUILT_EXPAND2(HANDBUILT_EXPAND2(__VA_ARGS__)))
#define HANDBUILT_EXPAND2(...) HANDBUILT_EXPAND1(HANDBUILT_EXPAND1(HANDBUILT_EXPAND1(__VA_ARGS__)))
#define HANDBUILT_EXPAND1(...) __VA_ARGS__
#define HANDBUILT_FOR_EACH(macro, context, ...) \
  __VA_OPT__(HANDBUILT_EXPAND(HANDBUILT_FOR_EACH_STEP(macro, context, __VA_ARGS__)))
#define HANDBUILT_FOR_EACH_STEP(macro, context, name, ...) \
  macro(context, name) __VA_OPT__(HANDBUILT_FOR_EACH_AGAIN HANDBUILT_PARENS(macro, context, __VA_ARGS__))
#define HANDBUILT_FOR_EACH_AGAIN() HANDBUILT_FOR_EACH_STEP
