using System.Security.Cryptography;
using Compliance.Domain.Detectors;
using Compliance.Domain.Models;

namespace Compliance.Probe.Eyes.Live;

/// <summary>A model and the name it is told under.</summary>
internal sealed record NamedModel(FightModel Model, string Name);

/// <summary>
/// Models that were rolled out to this box, kept on disk under their hash, and the one the detectors judge by now. Where there is none, or none that is whole, they judge by the
/// one that came with the program.
/// </summary>
internal sealed class ModelShelf
{
    /// <summary>How the model that comes with the program is told.</summary>
    public const string DeliveredName = "fights";

    /// <summary>So many files are kept beside the one that runs: what a roll-back leads to.</summary>
    const int Kept = 3;

    readonly string _folder;
    readonly NamedModel? _delivered;
    volatile NamedModel? _runs;

    /// <param name="folder">Made where it is missing.</param>
    /// <param name="delivered">That came with the program; null where it is missing or refused.</param>
    public ModelShelf(string folder, FightModel? delivered)
    {
        (_folder, _delivered) = (folder, delivered is null ? null : new(delivered, DeliveredName));
        Directory.CreateDirectory(folder);
        foreach (var half in Directory.EnumerateFiles(folder, "*.half")) File.Delete(half);
    }

    /// <summary>By which the detectors judge now; null where there is none at all.</summary>
    public NamedModel? Runs => _runs ?? _delivered;

    /// <summary>Whether what runs is what is to run; null: the delivered one is.</summary>
    public bool IsRunning(AssignedModel? wanted) => wanted is null ? _runs is null : Runs?.Model.Hash == wanted.Sha256;

    public void FallBack() => _runs = null;

    /// <summary>Changes to a model that lies on the disk, or came with the program.</summary>
    /// <returns>False where it is not there, or what is there is not whole: that is thrown away.</returns>
    public bool Take(AssignedModel wanted)
    {
        if (_delivered?.Model.Hash == wanted.Sha256)
        {
            FallBack();
            return true;
        }

        var place = Place(wanted);
        if (!File.Exists(place)) return false;
        try
        {
            _runs = Read(wanted, File.ReadAllBytes(place), place);
            return true;
        }
        catch (ModelRefused)
        {
            File.Delete(place);
            return false;
        }
    }

    /// <summary>Keeps a model that was fetched, and changes to it: what cannot be kept does not run, or a box whose disk is full would change over and back with every try.</summary>
    /// <exception cref="ModelRefused">It is not the one that was asked for, or cannot be understood: nothing changes, and nothing is kept.</exception>
    /// <exception cref="IOException">It cannot be written, as <see cref="UnauthorizedAccessException"/>: nothing changes.</exception>
    public void Take(AssignedModel wanted, byte[] bytes)
    {
        var read = Read(wanted, bytes, "what the API sent");
        foreach (var old in new DirectoryInfo(_folder).EnumerateFiles("*.json").Where(file => file.Name != $"{wanted.Sha256}.json").OrderByDescending(file => file.LastWriteTimeUtc).Skip(Kept)) old.Delete();
        var half = Path.Combine(_folder, $"{Guid.NewGuid():N}.half");
        try
        {
            File.WriteAllBytes(half, bytes);
            File.Move(half, Place(wanted), overwrite: true);
        }
        finally
        {
            File.Delete(half); // what was written of it fills a full disk further
        }

        _runs = read;
    }

    static NamedModel Read(AssignedModel wanted, byte[] bytes, string place)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (hash != wanted.Sha256) throw new ModelRefused(place, $"has the SHA-256 {hash}; {wanted.Sha256} was asked for");
        return new(FightModel.Of(bytes, place), wanted.Name);
    }

    /// <exception cref="ModelRefused">The API names something else than a hash: no file is called so.</exception>
    string Place(AssignedModel wanted) => ImpactAssessment.IsHash(wanted.Sha256) ? Path.Combine(_folder, $"{wanted.Sha256}.json") : throw new ModelRefused("the list of the API", "names a model by something that is no hash");
}
