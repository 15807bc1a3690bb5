using System.Text.Json;

namespace Compliance.Domain.Kernel;

/// <summary>One fact of a stream as it stands in the log, for readers who check figures against their sources.</summary>
public sealed record StoredFact(Guid EventId, string Name, long Revision, DateTimeOffset RecordedAt, string Actor, JsonElement Data);
