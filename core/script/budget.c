/* budget.c - a thread's processor clock that stops a call into Lua. */
#define _GNU_SOURCE
#include "script/budget.h"

#include <errno.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/status.h"

#ifndef sigev_notify_thread_id
#define sigev_notify_thread_id _sigev_un._tid
#endif

enum { IDLE_TICKS = 3, HOOK_MASK = LUA_MASKCOUNT | LUA_MASKCALL };

/* Its address names the thread, without a system call. */
static _Thread_local char this_thread;

static int tick_signal(void) {
    return SIGRTMIN + 5;
}

static void set_ticking(sheaf_budget *budget, bool on) {
    long step = on ? SHEAF_TICK_MILLISECONDS * 1000000L : 0;
    struct itimerspec when = {{0, step}, {0, step}};
    budget->idle = 0;
    budget->armed = on;
    timer_settime(budget->timer, 0, &when, NULL);
}

/* Runs in a signal handler on the thread that runs Lua: lua_sethook is the one
 * function of Lua that may be called here. */
static void on_tick(int signal_number, siginfo_t *info, void *context) {
    (void)signal_number;
    (void)context;
    if (info->si_code != SI_TIMER)
        return;
    int cause = errno;
    sheaf_budget *budget = info->si_value.sival_ptr;
    int ticks = 1 + info->si_overrun;
    lua_State *L = budget->running;
    if (!L) {
        if (++budget->idle >= IDLE_TICKS)
            set_ticking(budget, false);
    } else {
        budget->idle = 0;
        budget->used += ticks;
        budget->left -= budget->left > ticks ? ticks : budget->left;
        if (budget->left == 0) {
            budget->expired = 1;
            lua_sethook(L, budget->stop, HOOK_MASK, 1);
        }
    }
    errno = cause;
}

void sheaf_budget_init(sheaf_budget *budget, lua_Hook stop) {
    memset(budget, 0, sizeof *budget);
    budget->stop = stop;
}

static void drop_timer(sheaf_budget *budget) {
    if (budget->has_timer)
        timer_delete(budget->timer);
    budget->has_timer = false;
    budget->armed = 0;
}

void sheaf_budget_clear(sheaf_budget *budget) {
    drop_timer(budget);
}

void sheaf_budget_allow(sheaf_budget *budget, double seconds) {
    const double most = 1e6;
    if (!(seconds > 0)) {
        budget->allowed = 0;
        return;
    }
    if (seconds > most)
        seconds = most;
    budget->allowed = 1 + (int)(seconds * 1000 / SHEAF_TICK_MILLISECONDS);
}

static bool handle_ticks(void) {
    struct sigaction action = {0};
    if (sigaction(tick_signal(), NULL, &action) == 0 && action.sa_sigaction == on_tick)
        return true;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = on_tick;
    action.sa_flags = SA_SIGINFO | SA_RESTART;
    return sigaction(tick_signal(), &action, NULL) == 0;
}

/* The timer of this thread; one left behind by another thread is replaced. */
static sheaf_status make_timer(sheaf_budget *budget, sheaf_error *error) {
    drop_timer(budget);
    struct sigevent event;
    memset(&event, 0, sizeof event);
    event.sigev_notify = SIGEV_THREAD_ID;
    event.sigev_signo = tick_signal();
    event.sigev_value.sival_ptr = budget;
    event.sigev_notify_thread_id = (pid_t)syscall(SYS_gettid);
    if (!handle_ticks() || timer_create(CLOCK_THREAD_CPUTIME_ID, &event, &budget->timer) != 0)
        return sheaf_fail(error, SHEAF_UNSUPPORTED, "no timer to limit a plugin with: %s",
                          strerror(errno));
    budget->has_timer = true;
    budget->thread = &this_thread;
    return SHEAF_OK;
}

sheaf_status sheaf_budget_begin(sheaf_budget *budget, lua_State *L, sheaf_error *error) {
    budget->expired = 0;
    budget->left = budget->allowed;
    if (budget->allowed > 0) {
        if (!budget->has_timer || budget->thread != &this_thread) {
            sheaf_status status = make_timer(budget, error);
            if (status != SHEAF_OK)
                return status;
        }
        if (!budget->armed)
            set_ticking(budget, true);
    }
    budget->running = L;
    return SHEAF_OK;
}

void sheaf_budget_end(sheaf_budget *budget) {
    lua_State *L = budget->running;
    budget->running = NULL;
    if (budget->expired && L)
        lua_sethook(L, NULL, 0, 0);
}

lua_State *sheaf_budget_follow(sheaf_budget *budget, lua_State *L) {
    lua_State *before = budget->running;
    if (before) {
        budget->running = L;
        if (budget->expired)
            lua_sethook(L, budget->stop, HOOK_MASK, 1);
    }
    return before;
}

double sheaf_budget_used(const sheaf_budget *budget) {
    return (double)budget->used * SHEAF_TICK_MILLISECONDS / 1000;
}
