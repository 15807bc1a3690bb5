using Compliance.Api.Identity;

namespace Compliance.Api.Tests.Identity;

/// <summary>Passkeys, with an authenticator in software on the other side.</summary>
public sealed class PasskeyTests : IDisposable
{
    readonly TempFolder _data = new();
    readonly IdentityHost _host;
    readonly SoftAuthenticator _authenticator = new(IdentityHost.Issuer);

    public PasskeyTests() => _host = new(_data["api"]);

    [Fact]
    public async Task A_passkey_is_both_factors()
    {
        await Register("owner@demo");
        await _host.Promote("owner@demo", Role.Operator);
        using var visitor = new Visitor(_host);
        await visitor.ComeFromPortal();

        await visitor.Submit(Links.Passkey, ("Credential", _authenticator.Get(await visitor.Fetch(Links.Passkey, Links.Passkey + "/options"))));

        Assert.True((await visitor.Tokens()).TryGetProperty("access_token", out _));
    }

    [Fact]
    public async Task A_passkey_without_verification_of_its_holder_is_refused()
    {
        await Register("owner@demo");
        using var visitor = new Visitor(_host);
        await visitor.Go(Links.SignIn);

        var options = await visitor.Fetch(Links.Passkey, Links.Passkey + "/options");
        await visitor.Submit(Links.Passkey, ("Credential", _authenticator.Get(options, verified: false)));

        Assert.Contains("class=\"fault\"", visitor.Page, StringComparison.Ordinal);
        await visitor.Go(Links.Account);
        Assert.Equal(Links.SignIn, visitor.At.AbsolutePath);
    }

    [Fact]
    public async Task A_passkey_answers_one_challenge_once_and_no_other()
    {
        await Register("owner@demo");
        using var first = new Visitor(_host);
        await first.Go(Links.SignIn);
        var answer = _authenticator.Get(await first.Fetch(Links.Passkey, Links.Passkey + "/options"));
        using var thief = new Visitor(_host);
        await thief.Go(Links.SignIn);
        await thief.Fetch(Links.Passkey, Links.Passkey + "/options");

        await thief.Submit(Links.Passkey, ("Credential", answer));

        Assert.Contains("class=\"fault\"", thief.Page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(""), InlineData("{}"), InlineData("{\"error\":\"NotAllowedError\"}"), InlineData("nonsense")]
    public async Task What_is_no_passkey_is_refused_with_a_sentence(string credential)
    {
        using var visitor = new Visitor(_host);
        await visitor.Go(Links.SignIn);
        await visitor.Fetch(Links.Passkey, Links.Passkey + "/options");

        await visitor.Submit(Links.Passkey, ("Credential", credential));

        Assert.Contains("class=\"fault\"", visitor.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_removed_passkey_opens_nothing()
    {
        using var owner = await Register("owner@demo");
        await owner.Go(Links.Account);
        await owner.Submit(Links.PasskeyRemoved);
        using var visitor = new Visitor(_host);
        await visitor.Go(Links.SignIn);

        await visitor.Submit(Links.Passkey, ("Credential", _authenticator.Get(await visitor.Fetch(Links.Passkey, Links.Passkey + "/options"))));

        Assert.Contains("class=\"fault\"", visitor.Page, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _authenticator.Dispose();
        _host.Dispose();
        _data.Dispose();
    }

    async Task<Visitor> Register(string userName)
    {
        var owner = new Visitor(_host);
        await owner.Go(Links.To(Links.SignIn, Links.Account));
        await owner.SignIn(userName);
        await owner.Submit(Links.Passkeys, ("Credential", _authenticator.Create(await owner.Fetch(Links.Passkeys, Links.Passkeys + "/options"))));
        Assert.Contains(Links.PasskeyRemoved, owner.Page, StringComparison.Ordinal);
        return owner;
    }
}
