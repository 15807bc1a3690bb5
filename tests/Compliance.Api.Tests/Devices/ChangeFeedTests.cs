using Compliance.Api.Devices;
using Compliance.Api.Entrance;
using Compliance.Api.Feeds;
using Compliance.Api.Identity;
using Compliance.Api.Vault;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;

namespace Compliance.Api.Tests.Devices;

/// <summary>Whatever breaks off while a camera moves, it has a password that works: the old machine its own, the new one never that of the old.</summary>
public sealed class ChangeFeedTests : IDisposable
{
    static readonly Guid Camera = Guid.NewGuid();
    static readonly Uri Old = new("rtsp://old.example.kz/main"), New = new("rtsp://new.example.kz/main");
    static readonly FeedCredentials Secret = new("police", "x");

    readonly TempFolder _folder = new();
    readonly SecretVault _vault;
    readonly Moody _log = new();

    public ChangeFeedTests() =>
        _vault = new(new(new ConfigurationBuilder().AddInMemoryCollection([new("Data", _folder["api"])]).Build()), new EphemeralDataProtectionProvider());

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_change_that_the_log_does_not_take_leaves_the_camera_its_password()
    {
        await Registered();
        _vault.KeepFeedSecret(Camera, Old, Secret);
        _log.Fails = true;
        await Assert.ThrowsAsync<IOException>(() => Move(New));
        Assert.Equal(Secret, _vault.FeedSecretOf(Camera, Old));
    }

    [Fact]
    public async Task Another_machine_never_meets_the_password_and_the_old_one_finds_it_again()
    {
        await Registered();
        _vault.KeepFeedSecret(Camera, Old, Secret);
        await Move(New);
        Assert.Null(_vault.FeedSecretOf(Camera, New));
        await Move(Old);
        Assert.Equal(Secret, _vault.FeedSecretOf(Camera, Old));
        Assert.Equal(Secret, _vault.FeedSecretOf(Camera, new("RTSP://OLD.example.kz/other")));
    }

    [Fact]
    public async Task A_password_that_was_kept_before_they_were_bound_stays_with_its_machine()
    {
        await Registered();
        _vault.Put($"feed/{Camera:N}", new("""{"userName":"police","password":"x"}"""));
        Assert.Equal(Secret, _vault.FeedSecretOf(Camera, Old));
        await Move(New);
        Assert.Null(_vault.FeedSecretOf(Camera, New));
    }

    [Fact]
    public async Task A_change_told_again_late_takes_nothing_from_the_machine_that_came_after()
    {
        await Registered();
        var (first, third) = (Guid.NewGuid(), new Uri("rtsp://third.example.kz/main"));
        await Move(New, first);
        await Move(third);
        _vault.KeepFeedSecret(Camera, third, Secret);
        await Move(New, first);
        Assert.Equal(Secret, _vault.FeedSecretOf(Camera, third));
    }

    Task<Answer> Move(Uri to, Guid? command = null) => ChangeFeed.Handle(
        Camera, new DeviceCommand.ChangeFeed(new(to)), new(_log, new(Guid.Empty, [Role.Owner]), command ?? Guid.NewGuid(), null, Ct), new(), _vault);

    Task<Appended?> Registered() => _log.Append(new("device", Camera), -1,
        [new DeviceEvent.Registered(Camera, Guid.NewGuid(), new CameraSpec("Е", "В", CameraPurpose.Entrance, [], [], new(Old)))], new(Guid.NewGuid(), "user:test"), Ct);

    /// <summary>A log whose disk may be full.</summary>
    sealed class Moody : IEventLog
    {
        readonly MemoryEventLog _log = new(TimeProvider.System);

        public bool Fails { get; set; }

        public IAsyncEnumerable<Recorded> Read(StreamId stream, CancellationToken ct) => _log.Read(stream, ct);

        public IAsyncEnumerable<Recorded> Follow(LogPosition after, CancellationToken ct) => _log.Follow(after, ct);

        public Task<Appended?> Append(StreamId stream, long expectedRevision, IReadOnlyList<object> facts, Origin origin, CancellationToken ct) =>
            Fails ? throw new IOException("no space left on device") : _log.Append(stream, expectedRevision, facts, origin, ct);
    }
}
