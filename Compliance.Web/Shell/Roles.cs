namespace Compliance.Web.Shell;

/// <summary>The roles as the sign-in names them, and the desk each sits at.</summary>
public static class Roles
{
    public const string Owner = "owner", Manager = "manager", Installer = "installer", Inspector = "inspector", Operator = "operator",
        Supervisor = "supervisor", Authority = "authority", Oversight = "oversight", Administrator = "administrator";

    public const string Venue = $"{Owner},{Manager}";
    public const string Police = $"{Operator},{Supervisor}";

    /// <summary>Who licenses, and who looks on at it.</summary>
    public const string Office = $"{Authority},{Oversight}";

    /// <summary>Who sees the venues of the city together.</summary>
    public const string SeesFleet = $"{Inspector},{Office}";

    /// <summary>Who reads what is on record of a venue: rules, duties, inspections, maintenance, its licence.</summary>
    public const string ReadsRecord = $"{Venue},{SeesFleet}";

    public const string SeesAllVenues = $"{Inspector},{Police},{Office},{Administrator}";
    public const string SeesVenues = $"{Venue},{Installer},{SeesAllVenues}";
    public const string SeesPlans = $"{Venue},{Installer},{SeesFleet},{Police}";
    public const string SeesDuties = $"{Venue},{SeesAllVenues}";
    public const string SeesFeeds = $"{Police},{Oversight}";
    public const string SeesDetectors = $"{Inspector},{Police},{Office}";
    public const string SeesProbes = $"{Administrator},{Office}";
    public const string SeesFootageOfVenue = $"{Venue},{Oversight}";
    public const string ManagesWebhooks = $"{Supervisor},{Administrator}";
    public const string SeesWebhooks = $"{ManagesWebhooks},{Oversight}";
    public const string SeesMonthReports = $"{Venue},{Authority},{Oversight}";
    public const string SeesReport = $"{Owner},{SeesFleet}";
    public const string SeesComplaints = $"{Police},{SeesFleet}";
    public const string SeesPanics = $"{Venue},{Police},{Office}";
    public const string SeesGuardNumber = $"{Venue},{SeesFleet},{Police}";
    public const string SeesCases = $"{Venue},{Office}";
    public const string Walks = $"{Venue},{Inspector}";
    public const string CorrectsVenues = $"{Owner},{Authority}";
    public const string RegistersDevices = $"{Owner},{Installer}";
    public const string DecidesExtensions = $"{Inspector},{Authority}";
    public const string ApprovesViews = $"{Inspector},{Authority}";
    public const string CalibratesViews = $"{Venue},{Installer},{Inspector},{Authority}";
    public const string TestsFeeds = $"{Venue},{Installer}";
}
