using Compliance.Domain.Licences;

namespace Compliance.Web.Desks.Public;

/// <summary>How a certificate's state looks to a stranger: a tone and a sign, drawn without fonts or scripts.</summary>
public static class Sign
{
    public static string Tone(CertificateState state, bool closed) => state switch
    {
        _ when closed => "unclear",
        CertificateState.InForce => "good",
        CertificateState.NotYet or CertificateState.None => "unclear",
        _ => "bad",
    };

    /// <summary>The path of an icon on a field of 24 by 24: tick, bar, cross or question.</summary>
    public static string Path(string tone, CertificateState state) => (tone, state) switch
    {
        ("good", _) => "M9.5 17.2 4.8 12.5l1.9-1.9 2.8 2.8 7.8-7.8 1.9 1.9z",
        (_, CertificateState.Suspended) => "M7 5h3.6v14H7zM13.4 5H17v14h-3.6z",
        ("bad", _) => "m12 13.9-5 5-1.9-1.9 5-5-5-5L7 5.1l5 5 5-5L18.9 7l-5 5 5 5-1.9 1.9z",
        _ => "M11 16.5h2.2V19H11zm1.1-11.9c2.4 0 4 1.4 4 3.4 0 1.5-.8 2.4-1.9 3.2-.8.6-1.1 1-1.1 1.9v.8H11v-1c0-1.5.7-2.3 1.7-3 .8-.6 1.2-1 1.2-1.8 0-.9-.7-1.5-1.8-1.5-1.2 0-1.9.7-2 1.9H7.9c.1-2.4 1.7-3.9 4.2-3.9z",
    };
}
