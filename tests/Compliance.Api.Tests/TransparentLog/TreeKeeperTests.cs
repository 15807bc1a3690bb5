using System.Text;
using Compliance.Api.EventLog;
using Compliance.Api.Tests.EventLog;
using Compliance.Api.TransparentLog;
using Compliance.Api.Vault;
using Compliance.Domain.Kernel;
using Compliance.Domain.TransparentLog;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using static Compliance.Api.Tests.EventLog.Facts;

namespace Compliance.Api.Tests.TransparentLog;

/// <summary>The keeper over a log on disk: restarts, a tree that was lost, a log that was put back, a witness that is lied to.</summary>
public sealed class TreeKeeperTests : IDisposable
{
    readonly TempFolder _folder = new();
    readonly EphemeralDataProtectionProvider _protection = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_restart_goes_on_and_a_lost_tree_comes_back_the_same()
    {
        var first = await Kept(600);
        var second = await Kept(300);
        Assert.Equal((600L, 900L), (first.Size, second.Size));
        File.Delete(_folder["data/tree.db"]);
        Assert.Equal(second, await Kept(0));
    }

    [Fact]
    public async Task A_tree_of_the_older_form_goes_on()
    {
        await Kept(20);
        Sql("tree.db", "UPDATE leaves SET commitment = NULL; ALTER TABLE leaves DROP COLUMN commitment; PRAGMA user_version = 1");
        Assert.Equal(25, (await Kept(5)).Size);
    }

    [Fact]
    public async Task A_log_that_lost_signed_facts_is_not_signed_any_more()
    {
        var signed = await Kept(20);
        Sql("facts.db", "DELETE FROM facts WHERE position > 15");
        await using var life = await Life.Of(this);
        await life.Broken();
        await life.Append(1);
        Assert.Equal(signed, life.Newest());
    }

    [Theory]
    [InlineData("UPDATE facts SET data = replace(data, '1', '2') WHERE position = 5")]
    [InlineData("UPDATE facts SET actor = 'user:other' WHERE position = 5")]
    [InlineData("UPDATE facts SET recorded_at = recorded_at + 1 WHERE position = 5")]
    [InlineData("UPDATE facts SET position = 1000 WHERE position = 5; UPDATE facts SET position = 5 WHERE position = 6; UPDATE facts SET position = 6 WHERE position = 1000")]
    [InlineData("DELETE FROM facts WHERE position = 5")]
    public async Task A_witness_finds_what_was_changed_behind_the_tree(string tampering)
    {
        Directory.CreateDirectory(_folder["witness"]);
        await Kept(20);
        var key = await Visited(Sight.Cosigned);

        // The cheat knows his trade: he changes the log, throws the tree away and has all of it signed anew.
        Sql("facts.db", tampering);
        File.Delete(_folder["data/tree.db"]);
        await Kept(1);
        Assert.Equal(key, await Visited(Sight.Conflict));
        Assert.Single(Directory.GetFiles(_folder["witness"], "*.conflict"));
        await Visited(Sight.Conflict);
    }

    [Fact]
    public async Task A_tree_that_was_spoiled_is_not_signed()
    {
        var signed = await Kept(20);
        Sql("tree.db", "UPDATE tiles SET hashes = zeroblob(length(hashes)) WHERE level = 0");
        await using var life = await Life.Of(this);
        await life.Append(1);
        await life.Troubled();
        Assert.Equal(signed, life.Newest());
    }

    [Fact]
    public async Task A_log_keeps_its_name()
    {
        await Kept(1);
        var e = Assert.Throws<EventLogException>(() => new TreeStore(_folder["data/tree.db"], "another.example/log"));
        Assert.Contains("compliance.localhost/log", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_note_of_the_specification_verifies()
    {
        Assert.True(NoteKey.TryParse("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", out var key));
        var note = SignedNote.Parse("This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n")!;
        Assert.True(NoteSigner.Verify(key.PublicKey, Encoding.UTF8.GetBytes(note.Text), note.Signatures[0].Bytes));
        Assert.False(NoteSigner.Verify(key.PublicKey, "Another message.\n"u8, note.Signatures[0].Bytes));
    }

    /// <summary>One life of the API's part: appends, waits for the head, stops.</summary>
    async Task<Checkpoint> Kept(int more)
    {
        await using var life = await Life.Of(this);
        await life.Append(more);
        return await life.Covered();
    }

    async Task<NoteKey> Visited(Sight expected)
    {
        var identity = Identity();
        using var store = new TreeStore(_folder["data/tree.db"], identity.Origin);
        using var http = new HttpClient(new Shown(store)) { BaseAddress = new("http://log/") };
        var witness = new Witness(http, identity.Signer.Key, new("w", NoteKeyKind.Witness, new byte[32]), _folder["witness"], TimeProvider.System);
        var (sight, sentence) = await witness.Visit(Ct);
        Assert.True(sight == expected, sentence);
        return identity.Signer.Key;
    }

    LogIdentity Identity()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Data", _folder["data"])]).Build();
        return new(new SecretVault(new DataFolder(settings), _protection), settings);
    }

    void Sql(string file, string sql)
    {
        SqliteConnection.ClearAllPools();
        using var connection = new SqliteConnection($"Data Source={_folder[$"data/{file}"]};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.NotEqual(0, command.ExecuteNonQuery());
    }

    /// <summary>The public face of a tree, without a server.</summary>
    sealed class Shown(TreeStore store) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var path = request.RequestUri!.AbsolutePath[1..];
            byte[]? bytes = path == "checkpoint" ? Encoding.UTF8.GetBytes(store.Newest()!.ToString())
                : path.StartsWith("tile/", StringComparison.Ordinal) && TileId.Parse(path[5..]) is { } tile ? store.Tile(tile) : null;
            return Task.FromResult(bytes is null ? new(System.Net.HttpStatusCode.NotFound) : new HttpResponseMessage { Content = new ByteArrayContent(bytes) });
        }
    }

    sealed class Life : IAsyncDisposable
    {
        readonly SqliteEventLog _log;
        readonly TreeStore _store;
        readonly LogIdentity _identity;
        readonly TreeKeeper _keeper;
        readonly Said _said = new();
        LogPosition _last;

        Life(TreeKeeperTests tests)
        {
            _identity = tests.Identity();
            (_log, _store) = (new(tests._folder["data/facts.db"], TimeProvider.System), new(tests._folder["data/tree.db"], _identity.Origin));
            _keeper = new(_log, _store, _identity, TimeProvider.System, _said);
        }

        public static async Task<Life> Of(TreeKeeperTests tests)
        {
            var life = new Life(tests);
            await foreach (var batch in life._log.Follow(LogPosition.Start, Ct).InBatches(100_000, TimeProvider.System, Ct))
            {
                if (batch.Count == 0) break;
                life._last = batch[^1].Position;
            }

            await life._keeper.StartAsync(Ct);
            return life;
        }

        public async Task Append(int count)
        {
            for (var i = 0; i < count; i++)
            {
                var venue = NewVenue();
                _last = (await _log.Append(venue, -1, [Capacity(venue, 100 + i)], new(Guid.NewGuid(), "user:1"), Ct))!.Position;
            }
        }

        public Checkpoint Newest() => Checkpoint.SignedBy(_identity.Signer.Key, _store.Newest()!, NoteSigner.Verify)!;

        public async Task<Checkpoint> Covered()
        {
            await _keeper.Covered(_last, Ct).WaitAsync(TimeSpan.FromSeconds(60), Ct);
            return Newest();
        }

        public Task Broken() => _said.Of(LogLevel.Critical);

        public Task Troubled() => _said.Of(LogLevel.Error);

        public async ValueTask DisposeAsync()
        {
            await _keeper.StopAsync(Ct);
            _keeper.Dispose();
            _store.Dispose();
            await _log.DisposeAsync();
            SqliteConnection.ClearAllPools();
        }
    }

    /// <summary>Waits for a line of a level.</summary>
    sealed class Said : ILogger<TreeKeeper>
    {
        readonly TaskCompletionSource _error = new(), _critical = new();

        public Task Of(LogLevel level) =>
            (level == LogLevel.Critical ? _critical : _error).Task.WaitAsync(TimeSpan.FromSeconds(60), Ct);

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel == LogLevel.Critical) _critical.TrySetResult();
            if (logLevel == LogLevel.Error) _error.TrySetResult();
        }
    }
}
