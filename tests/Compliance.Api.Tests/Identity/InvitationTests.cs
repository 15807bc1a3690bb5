using System.Net;
using System.Text.RegularExpressions;
using Compliance.Api.Identity;

namespace Compliance.Api.Tests.Identity;

/// <summary>How accounts come to be outside the demo.</summary>
public sealed class InvitationTests : IDisposable
{
    const string Phrase = "a long enough phrase";

    readonly TempFolder _data = new();

    [Fact]
    public async Task An_administrator_invites_and_the_invited_person_chooses_a_password_once()
    {
        using var host = new IdentityHost(_data["api"]);
        using var administrator = new Visitor(host);
        await administrator.Go(Links.To(Links.SignIn, Links.Accounts));
        await administrator.SignIn("administrator@demo");

        await administrator.Submit(Links.Accounts, ("UserName", "aliya"), ("Name", "Әлия Нұрланқызы"), ("Role", Role.Inspector));
        var link = LinkOn(administrator.Page);
        using var invited = new Visitor(host);
        await invited.Go(link);
        await invited.Submit(Links.Welcome, ("Password", "short"));
        Assert.Contains("class=\"fault\"", invited.Page, StringComparison.Ordinal);
        await invited.Submit(Links.Welcome, ("Password", Phrase));
        await invited.ComeFromPortal();
        await invited.SignIn("aliya", Phrase);
        Assert.True((await invited.Tokens()).TryGetProperty("access_token", out _));

        await invited.Go(link);
        await invited.Submit(Links.Welcome, ("Password", "a stolen link's phrase"));
        Assert.Contains("class=\"fault\"", invited.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_suspended_has_no_token_and_who_is_let_in_again_signs_in()
    {
        using var host = new IdentityHost(_data["api"]);
        using var administrator = new Visitor(host);
        await administrator.Go(Links.To(Links.SignIn, Links.Accounts));
        await administrator.SignIn("administrator@demo");
        await administrator.Submit(Links.Accounts, ("UserName", "aliya"), ("Name", "Әлия Нұрланқызы"), ("Role", Role.Inspector));
        using var invited = new Visitor(host);
        await invited.Go(LinkOn(administrator.Page));
        await invited.Submit(Links.Welcome, ("Password", Phrase));
        var id = Regex.Match(administrator.Page, "aliya</b>.*?name=\"Account\" value=\"([0-9a-f-]+)\"", RegexOptions.Singleline).Groups[1].Value;

        await administrator.Submit(Links.Turned, ("Account", id), ("Suspended", "true"));
        Assert.Contains("class=\"suspended\"", administrator.Page, StringComparison.Ordinal);
        await invited.ComeFromPortal();
        await invited.SignIn("aliya", Phrase);
        Assert.Contains("class=\"fault\"", invited.Page, StringComparison.Ordinal);

        await administrator.Submit(Links.Turned, ("Account", id), ("Suspended", "false"));
        await administrator.Submit(Links.RolesSet, ("Account", id), ("Roles", Role.Manager));
        Assert.DoesNotContain("class=\"suspended\"", administrator.Page, StringComparison.Ordinal);
        using var back = new Visitor(host);
        await back.ComeFromPortal();
        await back.SignIn("aliya", Phrase);
        Assert.True((await back.Tokens()).TryGetProperty("access_token", out _));
    }

    [Fact]
    public async Task Who_missed_the_first_link_gets_another_and_the_first_is_void()
    {
        using var host = new IdentityHost(_data["api"]);
        using var administrator = new Visitor(host);
        await administrator.Go(Links.To(Links.SignIn, Links.Accounts));
        await administrator.SignIn("administrator@demo");
        await administrator.Submit(Links.Accounts, ("UserName", "aliya"), ("Name", "Әлия Нұрланқызы"), ("Role", Role.Inspector));
        var first = LinkOn(administrator.Page);

        await administrator.Submit(Links.InvitedAgain);
        var second = LinkOn(administrator.Page);

        using var invited = new Visitor(host);
        await invited.Go(first);
        await invited.Submit(Links.Welcome, ("Password", Phrase));
        Assert.Contains("class=\"fault\"", invited.Page, StringComparison.Ordinal);
        await invited.Go(second);
        await invited.Submit(Links.Welcome, ("Password", Phrase));
        await invited.ComeFromPortal();
        await invited.SignIn("aliya", Phrase);
        Assert.True((await invited.Tokens()).TryGetProperty("access_token", out _));
        await administrator.Go(Links.Accounts);
        Assert.DoesNotContain(Links.InvitedAgain, administrator.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_administrator_enters_the_new_name_of_a_person_and_an_empty_one_is_refused()
    {
        using var host = new IdentityHost(_data["api"]);
        using var administrator = new Visitor(host);
        await administrator.Go(Links.To(Links.SignIn, Links.Accounts));
        await administrator.SignIn("administrator@demo");
        await administrator.Submit(Links.Accounts, ("UserName", "aliya"), ("Name", "Әлия Нұрланқызы"), ("Role", Role.Inspector));
        var aliya = Regex.Match(LinkOn(administrator.Page), "account=([0-9a-f-]{36})").Groups[1].Value;

        await administrator.Submit(Links.Renamed, ("Account", aliya), ("Name", " Әлия Ерланқызы "));
        Assert.Contains("Әлия Ерланқызы · ", WebUtility.HtmlDecode(administrator.Page), StringComparison.Ordinal);
        Assert.DoesNotContain("Әлия Нұрланқызы", WebUtility.HtmlDecode(administrator.Page), StringComparison.Ordinal);

        await administrator.Submit(Links.Renamed, ("Account", aliya), ("Name", "  "));
        Assert.Contains("class=\"fault\"", administrator.Page, StringComparison.Ordinal);
        Assert.Contains("Әлия Ерланқызы · ", WebUtility.HtmlDecode(administrator.Page), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("owner@demo"), InlineData("inspector@demo")]
    public async Task Nobody_else_invites(string userName)
    {
        using var host = new IdentityHost(_data["api"]);
        using var visitor = new Visitor(host);
        await visitor.Go(Links.To(Links.SignIn, Links.Accounts));
        await visitor.SignIn(userName);

        Assert.DoesNotContain("name=\"Role\"", visitor.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_without_an_administrator_says_how_to_become_one_and_only_then()
    {
        using var host = new IdentityHost(_data["api"], ("Demo:Accounts", "false"));
        var link = await host.In<Invitations, string?>(i => i.ForFirstAdministrator(TestContext.Current.CancellationToken));
        using var first = new Visitor(host);
        await first.Go(link!);
        await first.Submit(Links.Welcome, ("Password", Phrase));
        await first.Go(Links.To(Links.SignIn, Links.Accounts));
        await first.SignIn("administrator", Phrase);

        Assert.Contains("name=\"Role\"", first.Page, StringComparison.Ordinal);
        Assert.Null(await host.In<Invitations, string?>(i => i.ForFirstAdministrator(TestContext.Current.CancellationToken)));
        Assert.DoesNotContain(host.LogLines, line => line.Contains(Regex.Match(link!, "token=(.+)").Groups[1].Value, StringComparison.Ordinal));
    }

    public void Dispose() => _data.Dispose();

    static string LinkOn(string page) => WebUtility.HtmlDecode(Regex.Match(page, "<code>(http[^<]+)</code>").Groups[1].Value);
}
