using System.Security.Cryptography;
using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;

namespace Compliance.Api.Probes;

/// <summary>
/// A box gets its identity: an administrator makes a code, the box is started with it, makes a key of its own and hands in the public half.
/// No secret is copied by anybody, and none leaves the box. The fact carries the administrator who made the code.
/// </summary>
static class Enrolling
{
    /// <summary>For a new box, or for one that stands and gets another key; its old one holds until the new one is there.</summary>
    public static async Task<IResult> MakeCode(Guid probeId, ProbeCommand.Enrol body, Caller caller, IEventLog log, EnrolmentCodes codes, CancellationToken ct)
    {
        if (body.ProbeId != probeId) return Problems.Of(Problems.OtherId("probeId"));
        var (state, _, _) = await log.Load(Probe.Decider, new("probe", probeId), ct);
        return Probe.Decider.Decide(state, body).Refusal is { } refusal ? Problems.Of(refusal) : TypedResults.Ok(codes.Make(body, caller.Actor));
    }

    public static async Task<IResult> Redeem(
        Enrolment body, HttpRequest request, IEventLog log, EnrolmentCodes codes, MachineClients clients, ConfigurationSigner signer, IssuerAddress address, TimeProvider clock, CancellationToken ct)
    {
        if (!IsKey(body.PublicKey)) return Problems.Of(new Refusal("enrolment.key-malformed", "The key of a box is an EC key on P-256, in PEM.", "publicKey"));
        if (codes.Redeem(body.Code) is not { Box: var box, Actor: var actor }) return Problems.Of(new Refusal("enrolment.code-void", "This code is not known, was used, or is older than 15 minutes."));
        var origin = new Origin(Guid.CreateVersion7(clock.GetUtcNow()), actor);
        var (before, _, _) = await log.Load(Probe.Decider, new("probe", box.ProbeId), ct);
        var done = await log.Execute(Probe.Decider, box.ProbeId, before is Probe.Enrolled ? new ProbeCommand.RotateKey() : box, origin, ct);
        if (done.Refusal is { } refusal) return Problems.Of(refusal);
        await clients.Trust(MachineClients.OfProbe(box.ProbeId), box.Name, body.PublicKey, ct);
        var issuer = address.IsFixed ? address.Issuer : new Uri($"{request.Scheme}://{request.Host}/");
        return TypedResults.Ok(new BoxEnrolled(box.ProbeId, MachineClients.OfProbe(box.ProbeId), issuer, signer.PublicKey));
    }

    static bool IsKey(string pem)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(pem);
            return key.KeySize == 256 && !pem.Contains("PRIVATE", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            return false;
        }
    }
}
