using System.Buffers.Text;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Compliance.Api.Identity;

namespace Compliance.Api.Tests.Identity;

/// <summary>People sign in with a browser, over HTTP, from the portal and back.</summary>
public sealed class SignInTests(SignInTests.Fixture fixture) : IClassFixture<SignInTests.Fixture>
{
    const string Phrase = "a long enough phrase";

    readonly IdentityHost _host = fixture.Host;

    [Fact]
    public async Task An_owner_signs_in_and_the_portal_gets_tokens_that_say_so()
    {
        using var visitor = new Visitor(_host);
        await visitor.ComeFromPortal();
        Assert.Contains("/sign-in", visitor.At.AbsolutePath, StringComparison.Ordinal);
        await visitor.SignIn("owner@demo");

        var tokens = await visitor.Tokens();

        var id = Payload(tokens.GetProperty("id_token").GetString()!);
        Assert.Equal(DemoAccounts.All[0].SubjectId.ToString(), id.GetProperty("sub").GetString());
        Assert.Equal("owner", id.GetProperty("role").GetString());
        Assert.Equal("Айгүл Сейітқызы", id.GetProperty("name").GetString());
        Assert.Equal("once", id.GetProperty("nonce").GetString());
        Assert.True((await visitor.Refresh(tokens)).TryGetProperty("access_token", out _));
    }

    [Fact]
    public async Task A_code_without_its_proof_key_is_worth_nothing()
    {
        using var thief = new Visitor(_host);
        using var visitor = new Visitor(_host);
        await visitor.ComeFromPortal();
        await visitor.SignIn("owner@demo");
        var stolen = visitor.At;

        var answer = await _host.Token(("grant_type", "authorization_code"), ("client_id", "portal"),
            ("code", Regex.Match(stolen.Query, "code=([^&]+)").Groups[1].Value), ("redirect_uri", "http://127.0.0.1:8080/signin-oidc"),
            ("code_verifier", new string('x', 43)));

        Assert.Equal("invalid_grant", answer.GetProperty("error").GetString());
    }

    [Theory]
    [InlineData("operator@demo"), InlineData("supervisor@demo"), InlineData("authority@demo"), InlineData("oversight@demo")]
    public async Task Police_authority_and_oversight_are_asked_for_a_second_factor(string userName)
    {
        using var visitor = new Visitor(_host);
        await visitor.ComeFromPortal();
        await visitor.SignIn(userName);
        Assert.Equal(Links.Code, visitor.At.AbsolutePath);

        await visitor.GiveCode("000000");
        Assert.Contains("class=\"fault\"", visitor.Page, StringComparison.Ordinal);
        await visitor.GiveCode(Regex.Match(visitor.Page, @"<code>(\d{6})</code>").Groups[1].Value);

        Assert.Equal("mfa", Payload((await visitor.Tokens()).GetProperty("id_token").GetString()!).GetProperty("amr")[0].GetString());
    }

    [Fact]
    public async Task Who_needs_a_second_factor_and_has_none_sets_it_up_before_any_token()
    {
        await _host.Create("new@police", Role.Operator, Phrase);
        using var visitor = new Visitor(_host);
        await visitor.ComeFromPortal();
        await visitor.SignIn("new@police", Phrase);
        Assert.Equal(Links.Authenticator, visitor.At.AbsolutePath);
        Assert.Contains("<svg", visitor.Page, StringComparison.Ordinal);

        var key = Regex.Match(visitor.Page, "class=\"key\"><code>([A-Z2-7 ]+)</code>").Groups[1].Value.Replace(" ", "", StringComparison.Ordinal);
        await visitor.Submit(Links.Authenticator, ("Code", Totp.Code(key, TimeProvider.System.GetUtcNow())));
        var recovery = Regex.Matches(visitor.Page, "<li><code>([^<]+)</code>").Select(m => m.Groups[1].Value).ToArray();
        Assert.Equal(8, recovery.Length);
        await visitor.Go(WebUtility.HtmlDecode(Regex.Match(visitor.Page, "class=\"button\" href=\"([^\"]+)\"").Groups[1].Value));
        Assert.Equal("operator", Payload((await visitor.Tokens()).GetProperty("id_token").GetString()!).GetProperty("role").GetString());

        using var withoutPhone = new Visitor(_host);
        await withoutPhone.ComeFromPortal();
        await withoutPhone.SignIn("new@police", Phrase);
        await withoutPhone.GiveCode(recovery[0]);
        Assert.True((await withoutPhone.Tokens()).TryGetProperty("access_token", out _));
    }

    [Fact]
    public async Task A_role_that_needs_a_second_factor_ends_sessions_without_one()
    {
        await _host.Create("promoted@demo", Role.Owner, Phrase);
        using var visitor = new Visitor(_host);
        await visitor.ComeFromPortal();
        await visitor.SignIn("promoted@demo", Phrase);
        var tokens = await visitor.Tokens();

        await _host.Promote("promoted@demo", Role.Operator);

        Assert.Equal("invalid_grant", (await visitor.Refresh(tokens)).GetProperty("error").GetString());
    }

    [Fact]
    public async Task Five_wrong_passwords_pause_the_account_without_saying_so_to_a_stranger()
    {
        await _host.Create("mistaken@demo", Role.Owner, Phrase);
        using var visitor = new Visitor(_host);
        await visitor.Go(Links.SignIn);
        for (var attempt = 0; attempt < 5; attempt++) await visitor.SignIn("mistaken@demo", "wrong");
        var forWrong = Fault(visitor.Page);

        await visitor.SignIn("mistaken@demo", Phrase);

        Assert.Equal(forWrong, Fault(visitor.Page));
        await visitor.SignIn("nobody@demo");
        Assert.Equal(forWrong, Fault(visitor.Page));
    }

    [Fact]
    public async Task A_changed_password_ends_the_sessions_got_with_the_old_one()
    {
        await _host.Create("careful@demo", Role.Owner, Phrase);
        using var visitor = new Visitor(_host);
        await visitor.ComeFromPortal();
        await visitor.SignIn("careful@demo", Phrase);
        var tokens = await visitor.Tokens();

        await _host.Accounts(async accounts => await accounts.ChangePasswordAsync(
            (await accounts.FindByNameAsync("careful@demo"))!, Phrase, "another long phrase"));

        Assert.Equal("invalid_grant", (await visitor.Refresh(tokens)).GetProperty("error").GetString());
    }

    [Fact]
    public async Task Signing_out_ends_here_and_goes_back_to_the_portal()
    {
        using var visitor = new Visitor(_host);
        await visitor.ComeFromPortal();
        await visitor.SignIn("owner@demo");
        var hint = (await visitor.Tokens()).GetProperty("id_token").GetString();

        await visitor.Go($"/connect/end-session?id_token_hint={hint}&post_logout_redirect_uri=http%3A%2F%2F127.0.0.1%3A8080%2Fsignout-callback-oidc&state=x");
        Assert.Equal("http://127.0.0.1:8080/signout-callback-oidc?state=x", visitor.At.GetLeftPart(UriPartial.Path) + "?state=x");

        await visitor.Go(Links.Account);
        Assert.Equal(Links.SignIn, visitor.At.AbsolutePath);
    }

    [Theory]
    [InlineData("https://evil.example/"), InlineData("//evil.example"), InlineData("/\\evil.example")]
    public async Task Nobody_is_led_away_after_signing_in(string returnUrl)
    {
        using var visitor = new Visitor(_host);
        await visitor.Go(Links.To(Links.SignIn, returnUrl));
        await visitor.SignIn("owner@demo");

        Assert.Equal(new Uri(IdentityHost.Issuer + Links.Account), visitor.At);
    }

    [Fact]
    public async Task A_form_from_elsewhere_is_refused()
    {
        using var client = _host.CreateClient();
        using var form = IdentityHost.Form(("UserName", "owner@demo"), ("Password", DemoAccounts.Password));

        using var answer = await client.PostAsync(Links.SignIn, form, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Pages_allow_no_foreign_script_and_no_frame()
    {
        using var visitor = new Visitor(_host);
        await visitor.Go(Links.SignIn);

        var policy = Assert.Single(visitor.Last.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain(" style=\"", visitor.Page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kk", "Құпиясөз"), InlineData("ru", "Пароль"), InlineData("en", "Password")]
    public async Task The_portal_s_language_is_the_page_s_language(string language, string word)
    {
        using var visitor = new Visitor(_host);

        await visitor.ComeFromPortal(more: $"&ui_locales={language}");

        Assert.Contains(word, visitor.Page, StringComparison.Ordinal);
    }

    public sealed class Fixture : IDisposable
    {
        readonly TempFolder _data = new();

        public Fixture() => Host = new(_data["api"]);

        internal IdentityHost Host { get; }

        public void Dispose()
        {
            Host.Dispose();
            _data.Dispose();
        }
    }

    static string Fault(string page) => Regex.Match(page, "class=\"fault\"[^>]*>([^<]+)<").Groups[1].Value is { Length: > 0 } fault ? fault
        : throw new InvalidOperationException("The page shows no fault.");

    static JsonElement Payload(string jwt) => JsonDocument.Parse(Base64Url.DecodeFromChars(jwt.Split('.')[1])).RootElement;
}
