/* budget.h - how much processor time one call into Lua may take.
 *
 * A count hook that is always on makes Lua two to three times slower, and
 * arming a timer costs as much as a whole small filter. So one timer per state
 * ticks every 10 ms of this thread's processor time, and only while calls are
 * made: it is armed by the first call and disarms itself after a few ticks
 * that found no call running. A tick takes from what is left of the current
 * call; at nothing it sets the hook on the coroutine that is running, which
 * raises at the next instruction, and at each one after that, so that pcall
 * cannot swallow it.
 *
 * Invariant: `running` is the coroutine that executes now, or NULL between
 * calls; whoever resumes a coroutine moves it. */
#ifndef SHEAF_SCRIPT_BUDGET_H
#define SHEAF_SCRIPT_BUDGET_H

#include <signal.h>
#include <time.h>

#include <lua.h>

#include "sheaf.h"

enum { SHEAF_TICK_MILLISECONDS = 10 };

typedef struct sheaf_budget {
    lua_State *volatile running;
    volatile sig_atomic_t expired;
    volatile sig_atomic_t armed;
    volatile sig_atomic_t left; /* ticks of the current call */
    volatile sig_atomic_t used; /* ticks of all calls: a sample of the time spent */
    volatile sig_atomic_t idle; /* ticks in a row that found no call */
    int allowed;                /* ticks a call; 0: no limit */
    lua_Hook stop;
    timer_t timer;
    bool has_timer;
    const void *thread; /* names the thread that the timer belongs to */
} sheaf_budget;

/* stop is the hook that raises. Limits are set later. */
void sheaf_budget_init(sheaf_budget *budget, lua_Hook stop);
void sheaf_budget_clear(sheaf_budget *budget);

/* Seconds of processor time for each call; 0: no limit. */
void sheaf_budget_allow(sheaf_budget *budget, double seconds);

/* A call begins, and ends. SHEAF_UNSUPPORTED when the system has no timer left. */
sheaf_status sheaf_budget_begin(sheaf_budget *budget, lua_State *L, sheaf_error *error);
void sheaf_budget_end(sheaf_budget *budget);

/* Moves the watch to another coroutine; the one before is returned. */
lua_State *sheaf_budget_follow(sheaf_budget *budget, lua_State *L);

/* Seconds used by all calls, to the nearest tick. */
double sheaf_budget_used(const sheaf_budget *budget);

#endif
