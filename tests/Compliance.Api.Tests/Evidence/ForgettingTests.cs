using System.Text;
using Compliance.Api.Evidence;
using Compliance.Api.Exports;
using Compliance.Api.Subjects;
using Compliance.Api.Tests.Entrance;
using Compliance.Api.TransparentLog;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.Evidence;

/// <summary>When a person's key is destroyed, what that person wrote is unreadable everywhere, and nothing that was proven before or is printed after loses its proof.</summary>
public sealed class ForgettingTests : IAsyncLifetime
{
    const string Name = "Ержан Қайратұлы", Words = "my wife is ill";

    readonly House _house = new(("TransparentLog:Origin", "records.example/log"));
    readonly TempFolder _folder = new();
    Scene _scene = null!;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    T Of<T>() where T : notnull => _house.Services.GetRequiredService<T>();

    Beliefs Beliefs => new(Of<LogIdentity>().Signer.Key);

    public async ValueTask InitializeAsync()
    {
        _scene = await Scene.In(_house);
        await Of<Persons>().Enrol(new(_scene.Owner, Name, null), new(Guid.NewGuid(), "user:test"), Ct);
        await _scene.NoticeOfABlockedExit();
    }

    public async ValueTask DisposeAsync()
    {
        await _house.DisposeAsync();
        _folder.Dispose();
    }

    async Task<byte[]> Taken(string path, CommandAnswer after)
    {
        using var authority = _scene.AsAuthority;
        using var answer = await authority.Ask("GET", path, null, ("Compliance-After", after.Position.ToString()));
        var bytes = await answer.Content.ReadAsByteArrayAsync(Ct);
        if ((int)answer.StatusCode == 503) Assert.Skip(Encoding.UTF8.GetString(bytes));
        Assert.True(answer.IsSuccessStatusCode, Encoding.UTF8.GetString(bytes));
        return bytes;
    }

    async Task<string> TextOf(byte[] pdf)
    {
        var path = _folder[$"{Guid.NewGuid():N}.pdf"];
        await File.WriteAllBytesAsync(path, pdf, Ct);
        return (await Reports.Tool.Run("pdftotext", path, "-")).ReplaceLineEndings(" ");
    }

    static void Verifies(Verification verification) => Assert.True(verification.Holds && verification.Steps.Any(s => s is { Step: "proof", Holds: Api.Evidence.Holds.Yes }), string.Join('\n', verification.Steps));

    /// <summary>The log as whoever keeps it hands it over.</summary>
    async Task<Verification> Log()
    {
        var copy = new OpenLogCopy(Of<IEventLog>(), Of<DataFolder>().File("tree.db"), Of<LogIdentity>());
        return await new LogCheck(copy, Beliefs, []).Check("log", null, Ct);
    }

    [Fact]
    public async Task Log_old_report_and_old_file_verify_after_it_and_so_does_what_is_printed_then()
    {
        var day = VenueZone.Day(_house.Clock.GetUtcNow()).AddDays(1);
        var asked = await _scene.AsOwner.Do("POST", $"/duties/{_scene.Duty}/extension-asked", new ExtensionWish(day, Words));
        var (report, file) = ($"/venues/{_scene.Venue}/liability-record?language=en", $"/venues/{_scene.Venue}/file.zip?language=en");
        var (old, oldFile) = (await Taken(report, asked), await Taken(file, asked));
        Assert.Contains(Words, await TextOf(old), StringComparison.Ordinal);
        var head = Of<TreeStore>().Newest()!;

        using var oversight = _house.As(Guid.NewGuid(), "oversight");
        var forgotten = await oversight.Do("POST", $"/subjects/{_scene.Owner}/key-destroyed");

        Verifies(Verifier.Check("old.pdf", old, Beliefs, Ct));
        Verifies(new FileCheck(Beliefs).Check("old.zip", new MemoryStream(oldFile), null, Ct));
        var (now, nowFile) = (await Taken(report, forgotten), await Taken(file, forgotten));
        Verifies(Verifier.Check("new.pdf", now, Beliefs, Ct));
        Verifies(new FileCheck(Beliefs).Check("new.zip", new MemoryStream(nowFile), null, Ct));
        var text = await TextOf(now);
        Assert.DoesNotContain(Words, text, StringComparison.Ordinal);
        Assert.DoesNotContain(Name, text, StringComparison.Ordinal);
        Assert.Null(Of<Persons>().Find(_scene.Owner));

        await Of<TreeKeeper>().Covered(forgotten.Position, Ct);
        Verifies(await Log());
        Verifies(await new LogCheck(new OpenLogCopy(Of<IEventLog>(), Of<DataFolder>().File("tree.db"), Of<LogIdentity>()), Beliefs, [head]).Check("log", null, Ct)); // and it goes on from what was signed before
    }
}
