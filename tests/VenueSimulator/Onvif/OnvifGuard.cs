using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;
using VenueSimulator.Load;

namespace VenueSimulator.Onvif;

/// <summary>Whether a question proves the password: by HTTP Digest, or by a WS-UsernameToken no older than five seconds by the device's own clock, used once.</summary>
internal sealed class OnvifGuard(AuthSchemes digest)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    private readonly HashSet<string> used = [];
    private readonly string nonce = Guid.NewGuid().ToString("N");

    public bool Admits(HttpRequest request, XElement envelope, Login login, DateTimeOffset deviceTime) =>
        digest is AuthSchemes.None ? AdmitsToken(envelope, login, deviceTime)
        : Challenge.Accepts(digest, login, nonce, request.Method, request.Headers.Authorization);

    /// <summary>Says how it wants to be asked.</summary>
    public void Ask(HttpResponse response)
    {
        if (digest is not AuthSchemes.None)
        {
            response.Headers.WWWAuthenticate = Challenge.Ask(digest, nonce, stale: false).ToArray();
        }
    }

    private bool AdmitsToken(XElement envelope, Login login, DateTimeOffset deviceTime)
    {
        string? Said(string name) => envelope.Descendants().FirstOrDefault(e => e.Name.LocalName == name)?.Value;
        if (Said("Username") != login.User || Said("Nonce") is not { } once || Said("Created") is not { } created
            || !DateTimeOffset.TryParse(created, CultureInfo.InvariantCulture, out var at) || (deviceTime - at).Duration() > Fresh)
        {
            return false;
        }

        lock (used)
        {
            if (!used.Add(once))
            {
                return false;
            }
        }

#pragma warning disable CA5350 // The profile knows no other digest.
        var expected = SHA1.HashData([.. Convert.FromBase64String(once), .. Encoding.UTF8.GetBytes(created), .. Encoding.UTF8.GetBytes(login.Password)]);
#pragma warning restore CA5350
        return Said("Password") == Convert.ToBase64String(expected);
    }
}
