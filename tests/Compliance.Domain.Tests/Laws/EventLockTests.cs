using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Tests.Laws;

/// <summary>What is written stays readable: a line of events.lock may be added, never changed or removed.</summary>
public sealed class EventLockTests
{
    static readonly string Lock = Path.Combine(Repo.Root, "tests/events.lock");

    [Fact]
    public void No_stored_shape_has_changed()
    {
        string[] now = [.. EventCatalog.All.Select(x => $"{x.Key} {Shape(x.Value)}").Concat(EnumValues()).Order(StringComparer.Ordinal)];
        var locked = File.Exists(Lock) ? File.ReadAllLines(Lock) : [];
        Assert.Empty(locked.Except(now));
        if (Environment.GetEnvironmentVariable("LOCK") == "1") File.WriteAllLines(Lock, now);
        else Assert.Empty(now.Except(locked)); // a new fact: run with LOCK=1 and commit the line
    }

    [Fact]
    public void Names_follow_the_convention() => Assert.All(EventCatalog.All.Keys, name =>
        Assert.Matches(new Regex(@"^[a-z]+\.[a-z]+(-[a-z]+)*\.v[1-9]\d*$"), name));

    /// <summary>Law 4: what would name a person or open a camera has no place in a fact.</summary>
    [Fact]
    public void No_fact_has_room_for_a_person_or_a_secret() => Assert.All(File.ReadAllLines(Lock), line =>
        Assert.DoesNotMatch(new Regex(@"\b(Password|UserName|Phone|Email|FullName|FirstName|LastName|Picture|Jpeg|Template|Iin)\b"), line));

    /// <summary>Law 4: what somebody says in his own words may name a person, and stands in the vault. Streams of official rulings about venues, devices and models hold their grounds; a retired shape is read, and never written again.</summary>
    [Fact]
    public void No_fact_has_room_for_a_story() => Assert.All(EventCatalog.All.Where(e => !typeof(IUpcast).IsAssignableFrom(e.Value) && !Rulings.Contains(e.Key.Split('.')[0])), e =>
        Assert.DoesNotMatch(new Regex(@"\b(Grounds|Reason|Why|Words|Said|Note|Comment|Story|Text): String"), Shape(e.Value)));

    static readonly string[] Rulings = ["case", "detectorbasis", "device", "duty", "inspection", "knownclip", "licence", "maintenance", "mci", "model", "outage", "probe", "rulebook", "venue"];

    /// <summary>A value of an enum may be added; one that was ever written stays.</summary>
    static IEnumerable<string> EnumValues() => typeof(EventCatalog).Assembly.GetExportedTypes().Where(type => type.IsEnum)
        .SelectMany(type => Enum.GetNames(type), (type, value) => $"{type.Name} {value}");

    static string Shape(Type type) => type switch
    {
        { IsEnum: true } => type.Name,
        _ when Nullable.GetUnderlyingType(type) is { } inner => $"{Shape(inner)}?",
        { IsGenericType: true } => $"{type.Name.Split('`')[0]}[{string.Join(", ", type.GetGenericArguments().Select(Shape))}]",
        _ when type.Assembly != typeof(EventCatalog).Assembly => type.Name,
        _ when type.GetCustomAttributes<JsonDerivedTypeAttribute>().ToArray() is { Length: > 0 } kinds =>
            string.Join(" | ", kinds.Select(kind => $"{kind.TypeDiscriminator}: {Shape(kind.DerivedType)}")),
        _ => $"{{ {string.Join(", ", type.GetConstructors()[0].GetParameters().Select(p => $"{p.Name}: {Shape(p.ParameterType)}"))} }}",
    };
}
