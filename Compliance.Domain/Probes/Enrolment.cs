namespace Compliance.Domain.Probes;

// How a box gets its identity:
//
//   POST /probes/{id}/code     an administrator: ProbeCommand.Enrol -> EnrolmentCode
//   POST /probe/enrolment      the box, once: Enrolment -> BoxEnrolled

/// <summary>A code to start a box with: good once, until then. Its text never holds the code.</summary>
public sealed record EnrolmentCode(Guid ProbeId, string Code, DateTimeOffset Until)
{
    public override string ToString() => $"code of probe {ProbeId:N}";
}

/// <summary>What a box brings: the code it was started with, and the public half of the key it made. Its text holds neither.</summary>
/// <param name="PublicKey">An EC key on P-256, in PEM.</param>
public sealed record Enrolment(string Code, string PublicKey)
{
    public override string ToString() => "an enrolment";
}

/// <summary>Who the box is from now on, where it signs in, and by which key its assignments are signed.</summary>
/// <param name="Issuer">For whom its assertions are made out.</param>
/// <param name="ConfigurationKey">In PEM; it believes no other until it is enrolled anew.</param>
public sealed record BoxEnrolled(Guid ProbeId, string ClientId, Uri Issuer, string ConfigurationKey);
