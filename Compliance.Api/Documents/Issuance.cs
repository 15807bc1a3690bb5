using System.Security.Cryptography;
using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;
using Compliance.Domain.Reports;

namespace Compliance.Api.Documents;

/// <summary>That a document was issued is a fact with the hash of its bytes, before anybody holds it: so its public page can tell it from a forgery.</summary>
sealed class Issuance(IEventLog log)
{
    const string Actor = "reaction:issue-document";

    /// <summary>Of these a newer one on the same venue takes the place of the one before.</summary>
    static readonly string[] Series = ["certificate", "liability"];

    public Task Record(FactsFile facts, IEnumerable<string> languages, byte[] file, CancellationToken ct)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(file));
        var series = facts.VenueId is { } venue && Series.FirstOrDefault(kind => facts.Formula.StartsWith(kind, StringComparison.Ordinal)) is { } replaced ? EventIds.From(venue, $"series/{replaced}") : facts.Document;
        return log.Execute(
            IssuedDocument.Decider, facts.Document, new IssuedDocumentCommand.Issue(facts.Document, series, facts.Formula, [.. languages], hash, facts.Proof?.Size),
            new(EventIds.From(facts.Document, hash), Actor), ct);
    }
}
