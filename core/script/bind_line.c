/* bind_line.c - a line at the prompt: edited, completed, remembered; and a
 * statement that Ctrl-C stops.
 *
 * Editing is libedit's. Where sheaf is built without it, or no terminal is
 * there, core.editor gives nil and the prompt reads plain lines.
 *
 *   Editor userdata ──► EditLine, History
 *   its user value: the function that completes
 *
 * While a line is edited, Ctrl-C is a key like others: it gives the line up. So
 * no signal is needed there. While a statement runs, SIGINT sets a hook on its
 * state, as the stock interpreter does; a second one ends the process, which is
 * the way out of a coroutine or a long call of C. */
#include "script/bind.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* ---- statements that can be stopped --------------------------------------------------- */

static lua_State *volatile running;

static void raise_interrupt(lua_State *L, lua_Debug *info) {
    (void)info;
    lua_pushliteral(L, "interrupted"); /* wherever that is: it is not the place's fault */
    lua_error(L); /* and again at the next instruction: pcall cannot swallow it */
}

/* lua_sethook is the one function of Lua that a signal handler may call. */
static void on_interrupt(int number) {
    int cause = errno;
    signal(number, SIG_DFL); /* whoever cannot be stopped is ended by the next one */
    if (running)
        lua_sethook(running, raise_interrupt, LUA_MASKCALL | LUA_MASKRET | LUA_MASKCOUNT, 1);
    errno = cause;
}

/* interruptible(f, handler) -> as xpcall(f, handler), and SIGINT is an error in f. */
static int bind_interruptible(lua_State *L) {
    luaL_checktype(L, 1, LUA_TFUNCTION);
    luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_settop(L, 2);
    lua_insert(L, 1); /* handler, f */
    struct sigaction action = {.sa_handler = on_interrupt}, before;
    sigemptyset(&action.sa_mask);
    lua_State *outer = running;
    running = L;
    sigaction(SIGINT, &action, &before);
    int status = lua_pcall(L, 0, LUA_MULTRET, 1);
    sigaction(SIGINT, &before, NULL);
    running = outer;
    lua_sethook(L, NULL, 0, 0);
    lua_pushboolean(L, status == LUA_OK);
    lua_replace(L, 1);
    return lua_gettop(L);
}

#ifdef SHEAF_HAS_EDIT
#include <histedit.h>

/* ---- the editor -------------------------------------------------------------------------- */

enum { REMEMBERED = 1000 };

typedef struct line_editor {
    EditLine *edit;
    History *history;
    lua_State *lua; /* whoever reads a line now */
    const char *prompt;
    bool cancelled;
} line_editor;

static line_editor *check_editor(lua_State *L) {
    line_editor *editor = luaL_checkudata(L, 1, "sheaf.editor");
    luaL_argcheck(L, editor->edit, 1, "the editor is closed");
    return editor;
}

static line_editor *editor_of(EditLine *edit) {
    line_editor *editor = NULL;
    el_get(edit, EL_CLIENTDATA, &editor);
    return editor;
}

static char *tell_prompt(EditLine *edit) {
    return (char *)(uintptr_t)editor_of(edit)->prompt; /* libedit only reads it */
}

typedef struct completion {
    sheaf_slice before; /* the line up to the cursor */
    sheaf_buffer insert, list;
} completion;

static void take_text(lua_State *L, int index, sheaf_buffer *out) {
    size_t size;
    const char *text = lua_tolstring(L, index, &size);
    if (text)
        sheaf_buffer_append(out, text, size);
}

/* complete(line) -> what to insert, or nil; what to list, or nil */
static int complete_inner(lua_State *L) {
    completion *wanted = lua_touserdata(L, 2);
    lua_getiuservalue(L, 1, 1);
    sheaf_push_slice(L, wanted->before);
    lua_call(L, 1, 2);
    take_text(L, -2, &wanted->insert);
    take_text(L, -1, &wanted->list);
    sheaf_buffer_char(&wanted->insert, '\0');
    return 0;
}

/* The Tab key. What goes wrong in completing is no reason to disturb. */
static unsigned char on_tab(EditLine *edit, int key) {
    (void)key;
    line_editor *editor = editor_of(edit);
    lua_State *L = editor->lua;
    const LineInfo *line = el_line(edit);
    completion wanted = {.before =
                             sheaf_slice_from(line->buffer, (size_t)(line->cursor - line->buffer))};
    unsigned char result = CC_NORM;
    lua_pushcfunction(L, complete_inner);
    lua_pushvalue(L, 1);
    lua_pushlightuserdata(L, &wanted);
    if (lua_pcall(L, 2, 0, 0) != LUA_OK) {
        lua_pop(L, 1);
    } else if (!wanted.insert.failed && !wanted.list.failed) {
        if (wanted.list.size) {
            printf("\n%.*s\n", (int)wanted.list.size, wanted.list.data);
            fflush(stdout);
            result = CC_REDISPLAY;
        }
        if (wanted.insert.size > 1 && el_insertstr(edit, wanted.insert.data) == 0)
            result = result == CC_REDISPLAY ? CC_REDISPLAY : CC_REFRESH;
    }
    sheaf_buffer_clear(&wanted.insert);
    sheaf_buffer_clear(&wanted.list);
    return result;
}

static unsigned char on_cancel(EditLine *edit, int key) {
    (void)key;
    editor_of(edit)->cancelled = true;
    fputs("^C\n", stdout);
    fflush(stdout);
    return CC_NEWLINE;
}

/* The terminal makes no signals of keys here, so Ctrl-Z is done by hand. */
static unsigned char on_suspend(EditLine *edit, int key) {
    (void)key;
    el_set(edit, EL_PREP_TERM, 0);
    raise(SIGTSTP);
    el_set(edit, EL_PREP_TERM, 1);
    return CC_REDISPLAY;
}

/* Without a locale of UTF-8 libedit would cut characters into bytes. */
static void know_letters(void) {
    setlocale(LC_CTYPE, "");
    if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
        setlocale(LC_CTYPE, "C.UTF-8");
}

static void bind_keys(EditLine *edit) {
    el_set(edit, EL_EDITOR, "emacs");
    el_set(edit, EL_SETTY, "-d", "-isig", NULL);
    el_set(edit, EL_ADDFN, "sheaf-complete", "complete a name", on_tab);
    el_set(edit, EL_ADDFN, "sheaf-cancel", "give the line up", on_cancel);
    el_set(edit, EL_ADDFN, "sheaf-suspend", "stop until fg", on_suspend);
    el_set(edit, EL_BIND, "^Z", "sheaf-suspend", NULL);
    el_set(edit, EL_BIND, "^I", "sheaf-complete", NULL);
    el_set(edit, EL_BIND, "^C", "sheaf-cancel", NULL);
    el_set(edit, EL_BIND, "^R", "em-inc-search-prev", NULL);
}

/* editor(complete) -> Editor, or nil when standard input and output are no terminal */
static int bind_editor(lua_State *L) {
    luaL_checktype(L, 1, LUA_TFUNCTION);
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
        return luaL_pushfail(L), 1;
    know_letters();
    line_editor *editor = lua_newuserdatauv(L, sizeof *editor, 1);
    memset(editor, 0, sizeof *editor);
    luaL_setmetatable(L, "sheaf.editor");
    lua_pushvalue(L, 1);
    lua_setiuservalue(L, -2, 1);
    editor->edit = el_init("sheaf", stdin, stdout, stderr);
    editor->history = history_init();
    if (!editor->edit || !editor->history)
        return luaL_pushfail(L), 1;
    HistEvent event;
    history(editor->history, &event, H_SETSIZE, REMEMBERED);
    history(editor->history, &event, H_SETUNIQUE, 1);
    el_set(editor->edit, EL_CLIENTDATA, editor);
    el_set(editor->edit, EL_PROMPT, tell_prompt);
    el_set(editor->edit, EL_HIST, history, editor->history);
    bind_keys(editor->edit);
    return 1;
}

/* A SIGINT that comes while a line is edited was not made by a key. */
static void on_nothing(int number) {
    (void)number;
}

/* editor:read(prompt) -> the line without its end; false: given up; nil: the end */
static int editor_read(lua_State *L) {
    line_editor *editor = check_editor(L);
    editor->prompt = luaL_checkstring(L, 2);
    lua_settop(L, 2);
    luaL_checkstack(L, LUA_MINSTACK, NULL);
    editor->lua = L;
    editor->cancelled = false;
    int count = 0;
    struct sigaction idle = {.sa_handler = on_nothing}, before;
    sigemptyset(&idle.sa_mask);
    sigaction(SIGINT, &idle, &before);
    el_resize(editor->edit);
    el_set(editor->edit, EL_PREP_TERM, 1); /* keys are keys from the prompt on */
    const char *line = el_gets(editor->edit, &count);
    sigaction(SIGINT, &before, NULL);
    editor->lua = NULL;
    editor->prompt = "";
    if (editor->cancelled)
        return lua_pushboolean(L, 0), 1;
    if (!line || count <= 0)
        return luaL_pushfail(L), 1;
    sheaf_slice text = sheaf_slice_from(line, (size_t)count);
    if (text.data[text.size - 1] == '\n')
        text.size--;
    sheaf_push_slice(L, text);
    return 1;
}

/* editor:remember(line): for this session; the file is written by append_line */
static int editor_remember(lua_State *L) {
    line_editor *editor = check_editor(L);
    HistEvent event;
    history(editor->history, &event, H_ENTER, luaL_checkstring(L, 2));
    return 0;
}

static int editor_close(lua_State *L) {
    line_editor *editor = luaL_checkudata(L, 1, "sheaf.editor");
    if (editor->edit)
        el_end(editor->edit);
    if (editor->history)
        history_end(editor->history);
    editor->edit = NULL;
    editor->history = NULL;
    return 0;
}

static void make_editor_class(lua_State *L) {
    static const luaL_Reg methods[] = {{"read", editor_read},
                                       {"remember", editor_remember},
                                       {"close", editor_close},
                                       {NULL, NULL}};
    static const luaL_Reg metamethods[] = {{"__gc", editor_close}, {NULL, NULL}};
    sheaf_make_class(L, "sheaf.editor", methods, metamethods);
}

#else

static int bind_editor(lua_State *L) {
    return luaL_pushfail(L), 1;
}

static void make_editor_class(lua_State *L) {
    (void)L;
}

#endif

/* append_line(path, line) -> true, or nil and the reason; only the user can read the file */
static int bind_append_line(lua_State *L) {
    const char *path = luaL_checkstring(L, 1);
    luaL_checkstring(L, 2);
    lua_settop(L, 2);
    lua_pushliteral(L, "\n");
    lua_concat(L, 2);
    sheaf_slice line = sheaf_check_slice(L, 2);
    int file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    ssize_t written = file < 0 ? -1 : write(file, line.data, line.size);
    int cause = errno;
    if (file >= 0)
        close(file);
    if (written == (ssize_t)line.size)
        return lua_pushboolean(L, 1), 1;
    luaL_pushfail(L);
    lua_pushfstring(L, "%s: %s", path, strerror(cause));
    return 2;
}

void sheaf_bind_line(lua_State *L) {
    static const luaL_Reg functions[] = {{"interruptible", bind_interruptible},
                                         {"editor", bind_editor},
                                         {"append_line", bind_append_line},
                                         {NULL, NULL}};
    make_editor_class(L);
    luaL_setfuncs(L, functions, 0);
}
