using System.Text;

namespace Compliance.Probe.Watch.Rtsp;

/// <summary>Signs requests with the strongest method the camera offered last. Its text never holds the password.</summary>
internal sealed class Credentials(string? userName, string? password, Random chance)
{
    Challenge? _challenge;
    int _count;

    /// <summary>Takes the challenge of a 401. False when answering it again is pointless: the same nonce was refused, or we have nothing to answer.</summary>
    public bool Learn(RtspResponse refused) => Learn(refused.All("WWW-Authenticate").SelectMany(Challenge.Parse));

    public bool Learn(IEnumerable<Challenge> challenges)
    {
        var offered = Challenge.Strongest(challenges);
        if (offered is null || userName is null) return false;
        var isNew = _challenge is null || offered["nonce"] != _challenge["nonce"] || offered.Strength != _challenge.Strength
            || string.Equals(offered["stale"], "true", StringComparison.OrdinalIgnoreCase);
        (_challenge, _count) = (offered, 0);
        return isNew;
    }

    public string? Sign(string method, string uri)
    {
        if (_challenge is null || userName is null) return null;
        if (_challenge.Strength == 1) return $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{userName}:{password}"))}";
        Span<byte> nonce = stackalloc byte[8];
        chance.NextBytes(nonce);
        return Digest.Answer(_challenge, userName, password ?? "", method, uri, ++_count, Convert.ToHexStringLower(nonce));
    }

    public override string ToString() => userName is null ? "no credentials" : "credentials";
}
