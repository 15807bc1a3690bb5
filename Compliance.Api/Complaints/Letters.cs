using System.Text.Json;
using Compliance.Api.Vault;
using Compliance.Domain.Complaints;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Complaints;

/// <summary>What complainants wrote and where they can be reached, each under a key of its own.</summary>
internal sealed class Letters(DataFolder data, SecretVault vault)
{
    readonly KeyedFile _file = new(data.File("complaints.db"), vault, "complaint-key");

    public void Keep(Guid complaintId, ComplaintLetter letter) => _file.Put(complaintId, JsonSerializer.SerializeToUtf8Bytes(letter, EventCatalog.Json));

    public ComplaintLetter? Find(Guid complaintId) =>
        _file.Get(complaintId) is { } plain ? JsonSerializer.Deserialize<ComplaintLetter>(plain, EventCatalog.Json) : null;

    public void Destroy(Guid complaintId) => _file.Destroy(complaintId);
}
