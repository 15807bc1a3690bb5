using System.Diagnostics;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Licences;

/// <summary>Facts about one certificate number.</summary>
public abstract record CertificateEvent
{
    [EventName("certificate.number-taken.v1")]
    public sealed record NumberTaken(string Number, Guid ApplicationId, Guid VenueId) : CertificateEvent;
}

public abstract record CertificateCommand
{
    public sealed record Take(string Number, Guid ApplicationId, Guid VenueId) : CertificateCommand;
}

/// <summary>
/// A number is given to one application of one venue, once and for ever. Its stream is named by the number, and a log keeps of two writers
/// who begin a stream only the first: that makes numbers unique.
/// </summary>
public abstract record Certificate
{
    public sealed record Free : Certificate;
    public sealed record Taken(Guid ApplicationId, Guid VenueId) : Certificate;

    public static readonly Decider<Certificate, CertificateCommand, CertificateEvent> Decider = new("certificate", new Free(), Decide, Evolve);

    /// <summary>The stream of a number, and the way from a number to its venue.</summary>
    public static Guid IdOf(string number) => EventIds.From(Guid.Empty, $"certificate/{number}");

    static Decision<CertificateEvent> Decide(Certificate state, CertificateCommand command) => (state, command) switch
    {
        (Free, CertificateCommand.Take t) => [new CertificateEvent.NumberTaken(t.Number, t.ApplicationId, t.VenueId)],
        (Taken taken, CertificateCommand.Take t) => taken == new Taken(t.ApplicationId, t.VenueId)
            ? [] : new Refusal("certificate.number-taken", "This number belongs to another certificate."),
        _ => throw new UnreachableException(),
    };

    static Certificate Evolve(Certificate state, CertificateEvent fact) => fact is CertificateEvent.NumberTaken f ? new Taken(f.ApplicationId, f.VenueId) : state;
}
