using Bunit;
using Compliance.Domain.Access;
using Compliance.Domain.Kernel;
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

    [Fact]
    public async Task A_still_is_handed_out_once_however_often_it_is_pressed_and_a_browser_that_cannot_breaks_no_page()
    {
        var row = Looking.Of(_city)[0];
        Api.On($"POST /access/{row.SessionId}/tickets", new LiveAdmission(new("http://api/live"), "t", row.Until));
        var module = JSInterop.SetupModule("./live.js").SetupModule("screenOf", _ => true);
        module.Mode = JSRuntimeMode.Loose;
        var (still, hand) = (module.Setup<string?>("still"), module.Setup<bool>("hand", _ => true));
        var screen = Render<LiveScreen>(with => with.Add(s => s.Session, row).Add(s => s.Camera, Guid.NewGuid()).Add(s => s.Mark, "1 · 2"));
        await screen.InvokeAsync(() => screen.Instance.Shown(transcoded: false, smaller: false));
        Api.On($"POST /access/{row.SessionId}/stills", new CommandAnswer(1, new(1, 1)));
        var button = screen.Find(".keep-still");
        _ = screen.InvokeAsync(() => button.Click());
        _ = screen.InvokeAsync(() => button.Click()); // before the first is through
        screen.WaitForAssertion(() => Assert.True(screen.Find(".keep-still").HasAttribute("disabled")));
        still.SetResult(new('a', 64));
        hand.SetException(new Microsoft.JSInterop.JSException("no room"));
        screen.WaitForAssertion(() => Assert.Equal("The browser could not save the file", screen.Find("[role=status]").TextContent));
        Assert.Single(module.Invocations, call => call.Identifier == "still");
        Assert.Equal([new string('a', 64)], module.Invocations.Where(call => call.Identifier == "hand").Select(call => call.Arguments[0]));
        Assert.False(screen.Find(".keep-still").HasAttribute("disabled"));
    }
}
