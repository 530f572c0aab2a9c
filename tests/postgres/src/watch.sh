# Keeps a PostgreSQL server for whoever holds the other end of stdin. When that end closes, however its holder ended,
# the server stops and its folder goes.
#
#   sh watch.sh FOLDER COMMAND…     then, on stdin: `start PORT` answers the server's pid, `wait` its exit code
folder=$1
shift
# An answer that nobody reads must not end the watch.
trap '' PIPE
server=

# The exit code of the server. One that was killed leaves its block of shared memory, named in the seventh line of its
# pid file, as a power cut would not.
end() {
    wait "$server"
    code=$?
    server=
    [ ! -f "$folder/data/postmaster.pid" ] ||
        ipcrm -m "$(sed -n '7s/.* //p' "$folder/data/postmaster.pid")" 2>/dev/null
}

while read -r word port; do
    case $word in
    start)
        "$@" -c port="$port" </dev/null >>"$folder/log" 2>&1 &
        server=$!
        echo "$server" 2>/dev/null
        ;;
    wait)
        end
        echo "$code" 2>/dev/null
        ;;
    esac
done
if [ -n "$server" ]; then
    kill -QUIT "$server" 2>/dev/null
    end
fi
rm -rf "$folder"
