using System.Security.Cryptography;
using System.Text;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Cases;

/// <summary>Freezes facts of the log, so that whoever decides an appeal can prove that they are the ones it was made on.</summary>
public static class Evidences
{
    public static FrozenEvidence Freeze(IEnumerable<Recorded> facts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        List<Guid> ids = [];
        foreach (var fact in facts)
        {
            ids.Add(fact.EventId);
            hash.AppendData(fact.EventId.ToByteArray(bigEndian: true));
            hash.AppendData(Encoding.UTF8.GetBytes(fact.Name));
            hash.AppendData(fact.Data.Span);
        }

        return new(ids, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>Whether these are the facts that were frozen, unchanged.</summary>
    public static bool IsOf(this FrozenEvidence evidence, IEnumerable<Recorded> facts) =>
        Freeze(facts.Where(fact => evidence.EventIds.Contains(fact.EventId))).Hash == evidence.Hash;
}
