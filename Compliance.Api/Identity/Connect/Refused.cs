using Microsoft.AspNetCore.Authentication;
using OpenIddict.Server.AspNetCore;

namespace Compliance.Api.Identity.Connect;

/// <summary>The issuer says no in the words of OAuth (RFC 6749).</summary>
internal static class Refused
{
    public static IResult With(string error, string because) => Results.Forbid(
        new AuthenticationProperties(new Dictionary<string, string?>
        {
            [OpenIddictServerAspNetCoreConstants.Properties.Error] = error,
            [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = because,
        }),
        [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
}
