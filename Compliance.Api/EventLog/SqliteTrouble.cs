using Microsoft.Data.Sqlite;

namespace Compliance.Api.EventLog;

/// <summary>SQLite's error codes in plain sentences: what happened, why, what next.</summary>
static class SqliteTrouble
{
    public const int Corrupt = 11, NotADatabase = 26;
    const int Busy = 5, Locked = 6, ReadOnly = 8, Input = 10, Full = 13, CannotOpen = 14;

    public static EventLogException Told(this SqliteException e, string what, string path) => new($"{what}: {Why(e, path)}", e);

    static string Why(SqliteException e, string path) => e.SqliteErrorCode switch
    {
        Busy or Locked => $"another connection holds {path} locked. End the program that holds it (a shell, a backup), then try again.",
        Full => $"the disk that holds {path} is full. Make room, then try again; no restart is needed.",
        Input => $"the disk that holds {path} refused to write or read (it may be full, at a quota, or failing). Look at the disk, then try again.",
        ReadOnly or CannotOpen => $"{path} cannot be opened for writing. Look at the folder and the rights of this account.",
        Corrupt or NotADatabase => $"{path} is damaged or is not an event log. Restore it from the backup; do not write to it.",
        _ => $"SQLite answered {e.SqliteExtendedErrorCode} ({e.Message}) for {path}.",
    };
}
