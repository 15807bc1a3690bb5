using Compliance.Domain.Venues;
using Compliance.Web.Shell;

namespace Compliance.Web.Parts.Venues;

/// <summary>A district as a reader would say it.</summary>
public static class DistrictWords
{
    extension(District district)
    {
        /// <summary>In the reader's language.</summary>
        public string Name => Languages.Current switch { "ru" => district.Ru, "en" => district.En, _ => $"{district.Kk} ауданы" };

        /// <summary>What the register holds, in the reader's language where it is a district.</summary>
        public static string Say(string registered) => District.Of(registered)?.Name ?? registered;
    }
}
