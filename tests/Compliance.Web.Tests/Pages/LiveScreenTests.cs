using Bunit;
using Compliance.Domain.Access;
using Compliance.Web.Parts.Access;
using Compliance.Web.Tests.Fakes;

namespace Compliance.Web.Tests.Pages;

/// <summary>What is said beside a camera's picture; the picture itself is of the end-to-end tests.</summary>
public sealed class LiveScreenTests : Desk
{
    readonly City _city = City.Of(DateTimeOffset.UtcNow);

    [Fact]
    public async Task Whoever_looks_reads_what_the_picture_was_made_of()
    {
        var row = Looking.Of(_city)[0];
        Api.On($"POST /access/{row.SessionId}/tickets", new LiveAdmission(new("http://api/live"), "t", row.Until));
        JSInterop.SetupModule("./live.js").SetupModule("screenOf", _ => true).Mode = JSRuntimeMode.Loose;
        var screen = Render<LiveScreen>(with => with.Add(s => s.Session, row).Add(s => s.Camera, Guid.NewGuid()).Add(s => s.Mark, "1 · 2"));
        Assert.Equal("", Said());
        await screen.InvokeAsync(() => screen.Instance.Shown(transcoded: true, smaller: false));
        screen.WaitForAssertion(() => Assert.Equal("(H.265, transcoded)", Said()));
        await screen.InvokeAsync(() => screen.Instance.Shown(transcoded: false, smaller: true));
        screen.WaitForAssertion(() => Assert.Equal("(smaller stream instead of H.265)", Said()));
        await screen.InvokeAsync(() => screen.Instance.Shown(transcoded: false, smaller: false));
        screen.WaitForAssertion(() => Assert.Equal("", Said()));

        string Said() => string.Join(' ', screen.FindAll("figcaption .grow .dim").Select(note => note.TextContent));
    }
}
