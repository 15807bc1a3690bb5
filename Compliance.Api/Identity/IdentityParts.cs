using System.Text.Unicode;
using Compliance.Api.Entrance;
using Compliance.Api.Subjects;
using Compliance.Api.Vault;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.WebEncoders;
using OpenIddict.Abstractions;
using OpenIddict.Validation.AspNetCore;

namespace Compliance.Api.Identity;

/// <summary>The issuer, the accounts, the vault and the persons, put together in one place.</summary>
internal static class IdentityParts
{
    public static void AddComplianceIdentity(this WebApplicationBuilder builder)
    {
        var data = new DataFolder(builder.Configuration);
        var address = IssuerAddress.From(builder.Configuration);
        var demo = DemoAccounts.AreOn(builder.Configuration);
        DemoAccounts.DemandLoopback(builder.Configuration);
        var services = builder.Services;

        // It would write whole addresses, and those of a sign-in carry codes and one-time tokens.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);

        services.AddSingleton(data).AddSingleton(address).AddSingleton<SecretVault>().AddSingleton<Persons>().AddSingleton<Writings>();
        services.AddDataProtection().SetApplicationName("Compliance").PersistKeysToFileSystem(new(data.Folder("keys"))).SealedBy(builder.Configuration);
        services.AddDbContext<IdentityDb>(o => o.UseSqlite($"Data Source={data.File("identity.db")}").UseOpenIddict());
        services.AddScoped<Tickets>().AddScoped<MachineClients>().AddScoped<DemoAccounts>().AddScoped<ForgetPerson>().AddScoped<Invitations>().AddScoped<Standings>().AddSingleton<Microsoft.AspNetCore.Authentication.IClaimsTransformation, LostRoles>();
        services.AddHostedService<IdentityStart>().AddHostedService<TokenCleanup>();
        services.AddScoped<SignInPages>().AddScoped<SecondFactorPages>().AddScoped<AccountPages>().AddScoped<ExternalLogins>();
        services.Configure<WebEncoderOptions>(o => o.TextEncoderSettings = new(UnicodeRanges.All)); // Kazakh letters as letters
        services.AddLocalization().AddHttpContextAccessor().AddRazorComponents();
        AddAccounts(services, address, builder.Configuration);
        AddIssuer(services, address, demo);
    }

    /// <summary>After authentication and authorization, which stand in the pipeline by themselves.</summary>
    public static void MapComplianceIdentity(this WebApplication app)
    {
        app.UseWhen(http => http.GetEndpoint()?.Metadata.GetMetadata<ForPeople>() is not null, pages => pages.UseRequestLocalization(Language.Options));
        PageDoors.UseAssets(app);
        app.UseAntiforgery();
        MadeOnce.Map(app, PageDoors.Map);
    }

    static void AddAccounts(IServiceCollection services, IssuerAddress address, IConfiguration configuration)
    {
        var authentication = services.AddAuthentication(OpenIddictValidationAspNetCoreDefaults.AuthenticationScheme);
        authentication.AddIdentityCookies();
        ExternalLogins.AddTo(authentication, configuration);
        services.AddIdentityCore<Account>(o =>
            {
                o.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
                o.Password.RequiredLength = 12;
                o.Password.RequireDigit = o.Password.RequireLowercase = o.Password.RequireUppercase = o.Password.RequireNonAlphanumeric = false;
                o.Lockout.MaxFailedAccessAttempts = 5;
                o.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
                o.Lockout.AllowedForNewUsers = true;
                o.Tokens.AuthenticatorIssuer = "Compliance";
            })
            .AddRoles<IdentityRole<Guid>>()
            .AddEntityFrameworkStores<IdentityDb>()
            .AddUserStore<AccountStore>()
            .AddSignInManager()
            .AddDefaultTokenProviders();
        services.Configure<IdentityPasskeyOptions>(o =>
        {
            o.ServerDomain = address.Issuer.Host;
            o.UserVerificationRequirement = "required";
            o.ResidentKeyRequirement = "required";
            o.ValidateOrigin = asked => ValueTask.FromResult(!asked.CrossOrigin && asked.Origin == address.Origin);
        });
        services.ConfigureApplicationCookie(o =>
        {
            o.Cookie.Name = "compliance.issuer";
            o.Cookie.SecurePolicy = address.IsPlainLoopback ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
            o.LoginPath = Links.SignIn;
            o.ReturnUrlParameter = "returnUrl";
            o.ExpireTimeSpan = TimeSpan.FromHours(10);
        });
        services.Configure<SecurityStampValidatorOptions>(o =>
        {
            o.ValidationInterval = TimeSpan.FromMinutes(1);
            o.OnRefreshingPrincipal = refresh =>
            {
                // The renewed cookie still says how its holder signed in.
                var how = refresh.CurrentPrincipal!.FindAll(OpenIddictConstants.Claims.AuthenticationMethodReference);
                refresh.NewPrincipal!.Identities.First().AddClaims(how);
                return Task.CompletedTask;
            };
        });
    }

    static void AddIssuer(IServiceCollection services, IssuerAddress address, bool demo)
    {
        services.ConfigureOptions<SigningKeys>();
        services.AddOpenIddict()
            .AddCore(o => o.UseEntityFrameworkCore().UseDbContext<IdentityDb>())
            .AddServer(o =>
            {
                if (address.IsFixed) o.SetIssuer(address.Issuer);
                o.SetAuthorizationEndpointUris("connect/authorize").SetTokenEndpointUris("connect/token")
                    .SetEndSessionEndpointUris("connect/end-session").SetRevocationEndpointUris("connect/revocation");
                o.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange()
                    .Configure(x => x.CodeChallengeMethods.Remove(OpenIddictConstants.CodeChallengeMethods.Plain));
                o.AllowRefreshTokenFlow().AllowClientCredentialsFlow();
                if (demo) o.AllowCustomFlow(DemoAccounts.Grant);
                o.RegisterScopes(OpenIddictConstants.Scopes.Profile, OpenIddictConstants.Scopes.Roles, Tickets.Api);
                var host = o.UseAspNetCore().EnableAuthorizationEndpointPassthrough().EnableTokenEndpointPassthrough()
                    .EnableEndSessionEndpointPassthrough().EnableErrorPassthrough();
                if (address.IsPlainLoopback) host.DisableTransportSecurityRequirement();
            })
            .AddValidation(o =>
            {
                o.UseLocalServer();
                o.UseAspNetCore();
                o.AddAudiences(Tickets.Api);
                // A revoked probe is out at once, not when its token runs out.
                o.EnableTokenEntryValidation();
            });
    }

    /// <summary>For what cannot fail unless the program is wrong.</summary>
    public static void OrThrow(this IdentityResult result)
    {
        if (!result.Succeeded) throw new InvalidOperationException(string.Join(' ', result.Errors.Select(e => e.Description)));
    }
}
