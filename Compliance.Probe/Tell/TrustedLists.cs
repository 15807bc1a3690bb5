using System.Numerics;
using Compliance.Domain.Probes;
using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Tell;

/// <summary>
/// Takes a list of assignments only when the API signed it for this very box, and never an older one than the last. The key was told at the
/// enrolment; a box that was given a secret instead pins the first it sees, as with a camera's certificate.
/// </summary>
internal sealed partial class TrustedLists(ProbeOptions options, ILogger log)
{
    /// <summary>The API's clock may be set back so far.</summary>
    static readonly TimeSpan Allowance = TimeSpan.FromMinutes(2);

    readonly string _file = Path.Combine(options.DataDir, "configuration-key.pem");
    readonly Lock _gate = new();
    DateTimeOffset _newest = DateTimeOffset.MinValue + Allowance;

    /// <summary>Of lists that were refused, since the start.</summary>
    int _refused;

    /// <param name="asked">What the question was sent with: the answer to another one is none to this.</param>
    public bool Believes(string? signature, byte[] body, string? asked = null)
    {
        lock (_gate) return IsTrue(signature, body, asked);
    }

    bool IsTrue(string? signature, byte[] body, string? asked)
    {
        var pinned = options.Identity?.Box.ConfigurationKey ?? (File.Exists(_file) ? File.ReadAllText(_file) : null);
        if (SignedList.Verify(signature, pinned, options.ProbeId, body, asked) is not { } by || by.At < _newest - Allowance)
        {
            if (BitOperations.IsPow2(++_refused)) Untrue(log, _refused);
            return false;
        }

        if (pinned is null) Pin(by.Key);
        if (by.At > _newest) _newest = by.At;
        return true;
    }

    void Pin(string key)
    {
        Directory.CreateDirectory(options.DataDir);
        File.WriteAllText(_file, key);
        Pinned(log, _file);
    }

    [LoggerMessage(LogLevel.Critical, "A list of assignments is not signed by the API this box knows, or is none of now, and is refused ({Times} so far): "
        + "something stands between the two, or the API has lost its keys and the box is to be enrolled anew")]
    static partial void Untrue(ILogger log, int times);

    [LoggerMessage(LogLevel.Warning, "The key by which assignments are signed is pinned at first sight and kept in {File}")]
    static partial void Pinned(ILogger log, string file);
}
