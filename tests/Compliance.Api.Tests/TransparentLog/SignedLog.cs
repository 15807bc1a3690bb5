using Compliance.Api.EventLog;
using Compliance.Api.Tests.Entrance;
using Compliance.Api.TransparentLog;
using Compliance.Api.Vault;
using Compliance.Domain.Kernel;
using Compliance.Domain.TransparentLog;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using static Compliance.Api.Tests.EventLog.Facts;

namespace Compliance.Api.Tests.TransparentLog;

/// <summary>A log of some dozen facts in several streams, a minute apart, with a signed head after every few: as files, to be spoiled.</summary>
sealed class SignedLog : IDisposable
{
    /// <summary>Facts, and after how many there was a head.</summary>
    public const int Size = 40, Stretch = 8;

    readonly TempFolder _folder = new();

    SignedLog()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Data", _folder["data"])]).Build();
        Identity = new(new SecretVault(new DataFolder(settings), new EphemeralDataProtectionProvider()), settings);
    }

    public LogIdentity Identity { get; }

    public string Folder => _folder["data"];

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>On SQLite, closed when it returns.</summary>
    public static async Task<SignedLog> OnSqlite()
    {
        var (signed, clock) = (new SignedLog(), new ShiftedClock());
        await using (var log = new SqliteEventLog(Path.Combine(signed.Folder, "log.db"), clock)) await signed.Fill(log, clock);
        SqliteConnection.ClearAllPools();
        return signed;
    }

    /// <summary>On any log; its tree lies in the folder.</summary>
    public static async Task<SignedLog> On(IEventLog log, ShiftedClock clock)
    {
        var signed = new SignedLog();
        await signed.Fill(log, clock);
        return signed;
    }

    async Task Fill(IEventLog log, ShiftedClock clock)
    {
        using var store = new TreeStore(Path.Combine(Folder, "tree.db"), Identity.Origin);
        using var keeper = new TreeKeeper(log, store, Identity, TimeProvider.System, NullLogger<TreeKeeper>.Instance);
        await keeper.StartAsync(Ct);
        StreamId[] venues = [.. Enumerable.Range(0, 5).Select(_ => NewVenue())];
        var revisions = new long[venues.Length];
        for (var (n, last) = (0, LogPosition.Start); n < Size;)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            var which = n / 2 % venues.Length;
            object[] facts = revisions[which] == 0 ? [Registered(venues[which]), Capacity(venues[which], 100 + n)] : [Capacity(venues[which], 100 + n), Capacity(venues[which], 101 + n)];
            last = (await log.Append(venues[which], revisions[which] - 1, facts, new(Guid.NewGuid(), $"user:{which}"), Ct))!.Position;
            (revisions[which], n) = (revisions[which] + 2, n + 2);
            if (n % Stretch == 0) await keeper.Covered(last, Ct).WaitAsync(TimeSpan.FromSeconds(60), Ct);
        }

        await keeper.StopAsync(Ct);
    }

    /// <summary>The files once more, to be spoiled.</summary>
    public Copy Copied() => new(this);

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    internal sealed class Copy : IDisposable
    {
        readonly TempFolder _folder = new();
        readonly SignedLog _of;

        public Copy(SignedLog of)
        {
            _of = of;
            foreach (var file in (string[])["log.db", "tree.db"]) File.Copy(Path.Combine(of.Folder, file), _folder[file]);
        }

        public ILogCopy Read() => new SqliteLogCopy(_folder["log.db"], _folder["tree.db"], _of.Identity.Secret, _of.Identity.Signer.Key);

        public string this[string file] => _folder[file];

        /// <returns>Whether anything was changed: the store itself refuses some changes.</returns>
        public bool Sql(string file, string sql, params ReadOnlySpan<object> values)
        {
            using var connection = new SqliteConnection($"Data Source={_folder[file]};Pooling=False");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 0; i < values.Length; i++) command.Parameters.AddWithValue($"${i}", values[i]);
            try
            {
                return command.ExecuteNonQuery() > 0;
            }
            catch (SqliteException e) when (e.SqliteErrorCode == 19)
            {
                return false;
            }
        }

        public T Value<T>(string file, string sql, params ReadOnlySpan<object> values)
        {
            using var connection = new SqliteConnection($"Data Source={_folder[file]};Pooling=False");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 0; i < values.Length; i++) command.Parameters.AddWithValue($"${i}", values[i]);
            return (T)command.ExecuteScalar()!;
        }

        public void Dispose() => _folder.Dispose();
    }
}
