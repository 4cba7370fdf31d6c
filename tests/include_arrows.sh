#!/bin/sh
# include_arrows.sh - does every #include in core/ point along the arrows?
#
#   base < text < article < page | store | index < script < cli, and page < read < script
#
# A room includes itself, rooms to its left, and sheaf.h. Each line that does
# not is printed, and the exit status is 1. Includes are written from core/ on,
# so that a quoted name without a room is wrong, too.
#
#   include_arrows.sh CORE        checks the tree CORE
#   include_arrows.sh --self-test checks that bad trees are found bad
set -eu

# Prints "file:line: text: why" for each bad include of the tree $1.
list_bad() {
    find "$1" -mindepth 2 -name '*.[ch]' -print | LC_ALL=C sort | while IFS= read -r file; do
        rest=${file#"$1"/}
        LC_ALL=C awk -v room="${rest%%/*}" -v file="$file" '
            BEGIN {
                left["base"] = "base"
                left["text"] = left["base"] " text"
                left["article"] = left["text"] " article"
                left["page"] = left["article"] " page"
                left["read"] = left["page"] " read"
                left["store"] = left["article"] " store"
                left["index"] = left["article"] " index"
                left["script"] = left["article"] " page read store index script"
                left["cli"] = left["script"] " cli"
            }
            function bad(why) { print file ":" FNR ": " $0 ": " why }
            /^[ \t]*#[ \t]*include[ \t]*"/ {
                name = $0
                sub(/^[^"]*"/, "", name)
                sub(/".*$/, "", name)
                if (name == "sheaf.h") next
                slash = index(name, "/")
                to = slash ? substr(name, 1, slash - 1) : ""
                if (!(room in left)) bad("room " room " is not on the map")
                else if (!slash) bad("has no room in its name")
                else if (index(" " left[room] " ", " " to " ") == 0 || name ~ /(^|\/)\.\.?(\/|$)/)
                    bad("room " room " may not include " name)
            }
            /^[ \t]*#[ \t]*include[ \t]*<(base|text|article|read|store|index|script|cli)\// {
                bad("rooms are included with quotes")
            }' "$file"
    done
}

check() {
    [ -d "$1/base" ] || { echo "$1 is no core tree" >&2; exit 2; }
    bad=$(list_bad "$1")
    [ -z "$bad" ] && return 0
    printf '%s\n' "$bad"
    return 1
}

# Puts one include line into a fresh tree and asks whether it passes.
probe() {
    rm -rf "$scratch/core"
    mkdir -p "$scratch/core/base" "$scratch/core/$1"
    printf '/* a file */\n%s\nint x;\n' "$2" >"$scratch/core/$1/file.c"
    verdict=bad
    if said=$(check "$scratch/core"); then verdict=good; fi
    if [ "$verdict" != "$3" ]; then
        echo "self-test: $2 in $1: judged $verdict, is $3"
        failed=1
    elif [ "$3" = bad ] && [ "${said#*file.c:2: "$2"}" = "$said" ]; then
        echo "self-test: $2 in $1: the line is not named: $said"
        failed=1
    fi
}

self_test() {
    scratch=$(mktemp -d)
    trap 'rm -rf "$scratch"' EXIT
    failed=0
    probe base '#include "base/map.h"' good
    probe base '#include "sheaf.h"' good
    probe base '#include <string.h>' good
    probe text '#include "base/map.h"' good
    probe script '#include "store/zip.h"' good
    probe cli '  #  include "script/host.h"' good
    probe base '#include "text/fold.h"' bad
    probe text '#include "article/date.h"' bad
    probe article '#include "read/pile.h"' bad
    probe read '#include "store/zip.h"' bad
    probe store '#include "read/pile.h"' bad
    probe index '#include "store/zip.h"' bad
    probe store '#include "script/host.h"' bad
    probe script '# include  "cli/main.h"' bad
    probe base '#include "map.h"' bad
    probe base '#include "base/../text/fold.h"' bad
    probe text '#include "../base/map.h"' bad
    probe base '#include <text/fold.h>' bad
    probe attic '#include "base/map.h"' bad
    [ "$failed" = 0 ] && echo "self-test: all includes judged right"
    return "$failed"
}

case ${1:-} in
--self-test) self_test ;;
'') echo "usage: include_arrows.sh CORE | --self-test" >&2; exit 2 ;;
*) check "$1" && echo "all includes point along the arrows" ;;
esac
