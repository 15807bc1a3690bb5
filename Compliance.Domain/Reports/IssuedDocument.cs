using System.Collections.Immutable;
using System.Diagnostics;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Reports;

/// <summary>Facts about one printed document: that a file of it was issued, and with which bytes.</summary>
public abstract record IssuedDocumentEvent(Guid DocumentId)
{
    /// <param name="Series">What the next document of the same kind on the same matter replaces it by; of one that nothing replaces its own id.</param>
    /// <param name="Formula">By which rule it follows from its facts: what kind of document it is.</param>
    /// <param name="Languages">Of this file, as kk, ru, en.</param>
    /// <param name="Sha256">Of the file, seal and all, hexadecimal.</param>
    /// <param name="LogSize">Of the tree under whose head its facts stand; null where none covers them.</param>
    [EventName("document.issued.v1")]
    public sealed record Issued(Guid DocumentId, Guid Series, string Formula, IReadOnlyList<string> Languages, string Sha256, long? LogSize) : IssuedDocumentEvent(DocumentId);
}

public abstract record IssuedDocumentCommand
{
    public sealed record Issue(Guid DocumentId, Guid Series, string Formula, IReadOnlyList<string> Languages, string Sha256, long? LogSize) : IssuedDocumentCommand;
}

/// <summary>A document is issued as often as it is printed; each file is signed anew and has a hash of its own.</summary>
public sealed record IssuedDocument(ImmutableHashSet<string> Files)
{
    public static readonly Decider<IssuedDocument, IssuedDocumentCommand, IssuedDocumentEvent> Decider = new("document", new([]), Decide, Evolve);

    static Decision<IssuedDocumentEvent> Decide(IssuedDocument state, IssuedDocumentCommand command) => command switch
    {
        IssuedDocumentCommand.Issue c => state.Files.Contains(c.Sha256) ? [] : [new IssuedDocumentEvent.Issued(c.DocumentId, c.Series, c.Formula, c.Languages, c.Sha256, c.LogSize)],
        _ => throw new UnreachableException(),
    };

    static IssuedDocument Evolve(IssuedDocument state, IssuedDocumentEvent fact) =>
        fact is IssuedDocumentEvent.Issued issued ? new(state.Files.Add(issued.Sha256)) : state;
}

/// <summary>One issued file as the public page shows it.</summary>
public sealed record IssuedFile(string Sha256, IReadOnlyList<string> Languages, DateTimeOffset At, long? LogSize);

/// <summary>What everybody may know of a printed document: its kind, when it was issued, and the hashes of its newest files. Nothing of what it says.</summary>
/// <param name="Files">The newest first, ten at most; <paramref name="Count"/> were issued.</param>
public sealed record DocumentRow(Guid DocumentId, Guid Series, string Formula, DateTimeOffset FirstAt, int Count, IReadOnlyList<IssuedFile> Files)
{
    const int Most = 10;

    public static readonly View<DocumentRow> View = new(
        "issued-documents", 1, fact => (fact as IssuedDocumentEvent)?.DocumentId,
        (row, fact, recorded) => fact is not IssuedDocumentEvent.Issued f ? row
            : new(f.DocumentId, f.Series, f.Formula, row?.FirstAt ?? recorded.RecordedAt, (row?.Count ?? 0) + 1, [new(f.Sha256, f.Languages, recorded.RecordedAt, f.LogSize), .. row?.Files.Take(Most - 1) ?? []]),
        row => row.Series, row => ViewOrder.NewestFirst(row.FirstAt));
}

/// <summary>Which document a file is, by its hash.</summary>
public sealed record DocumentFile(Guid DocumentId, string Sha256, DateTimeOffset At)
{
    public static readonly View<DocumentFile> View = new(
        "issued-files", 1, fact => fact is IssuedDocumentEvent.Issued f ? KeyOf(f.Sha256) : null,
        (row, fact, recorded) => fact is IssuedDocumentEvent.Issued f ? row ?? new(f.DocumentId, f.Sha256, recorded.RecordedAt) : row,
        _ => null, row => ViewOrder.NewestFirst(row.At));

    /// <summary>A hash in hexadecimal as the key of its row.</summary>
    public static Guid KeyOf(string sha256) => EventIds.From(Guid.Empty, $"issued-file/{sha256}");
}

/// <summary>Where a document stands: issued, or followed by a newer one on the same matter.</summary>
public enum DocumentState { Issued, Replaced }

/// <summary>The public page of a document.</summary>
/// <param name="ReplacedAt">When the newer one was issued.</param>
/// <param name="IsIssuedFile">Whether the file whose hash was asked for was issued as this document; null where none was asked for.</param>
public sealed record DocumentPage(
    Guid DocumentId, DocumentState State, string Formula, DateTimeOffset FirstAt, DateTimeOffset? ReplacedAt, int Count, IReadOnlyList<IssuedFile> Files,
    string LogKey, long HeadSize, string HeadRoot, bool? IsIssuedFile);

/// <summary>What came of checking a file that somebody handed in.</summary>
/// <param name="Sha256">Of the file as it arrived.</param>
/// <param name="DocumentId">Which document it is, where a file with these very bytes was issued here.</param>
public sealed record CheckedDocument(string Sha256, bool Holds, Guid? DocumentId, DateTimeOffset? IssuedAt, IReadOnlyList<CheckedLine> Steps);

/// <param name="Holds">Null where it cannot be told from the file alone.</param>
public sealed record CheckedLine(string Step, bool? Holds, string Sentence);
