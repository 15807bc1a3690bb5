namespace Compliance.Web.Shell;

/// <summary>The roles as the sign-in names them, and the desk each sits at.</summary>
public static class Roles
{
    public const string Owner = "owner", Manager = "manager", Installer = "installer", Inspector = "inspector", Operator = "operator",
        Supervisor = "supervisor", Authority = "authority", Oversight = "oversight", Administrator = "administrator";

    public const string Venue = $"{Owner},{Manager}";
    public const string Police = $"{Operator},{Supervisor}";
    public const string SeesAllVenues = $"{Inspector},{Police},{Authority},{Oversight},{Administrator}";
    public const string SeesFeeds = $"{Police},{Oversight}";
    public const string SeesProbes = $"{Administrator},{Authority},{Oversight}";
    public const string SeesVenues = $"{Venue},{Installer},{SeesAllVenues}";
    public const string SeesReport = $"{Owner},{Inspector},{Authority},{Oversight}";
    public const string SeesInspections = $"{Venue},{Inspector},{Authority},{Oversight}";
    public const string Walks = $"{Venue},{Inspector}";
    public const string ReportsState = $"{Venue},{Inspector}";
    public const string CorrectsVenues = $"{Owner},{Authority}";
    public const string RegistersDevices = $"{Owner},{Installer}";
    public const string SeesBases = $"{Authority},{Oversight}";
    public const string SeesContests = $"{Authority},{Oversight}";
    public const string SeesComplaints = $"{Inspector},{Police},{Authority},{Oversight}";
    public const string SeesMaintenance = $"{Venue},{Inspector},{Authority},{Oversight}";
    public const string SeesRules = $"{Venue},{Inspector},{Authority},{Oversight}";
    public const string ChoosesRulebook = $"{Inspector},{Authority},{Oversight}";
    public const string SeesRulebooks = $"{Authority},{Oversight}";
    public const string SeesStatistics = $"{Inspector},{Authority},{Oversight}";
    public const string SeesDuties = $"{Venue},{SeesAllVenues}";
    public const string ReadsDuty = $"{Venue},{Inspector},{Authority},{Oversight}";
    public const string SeesCases = $"{Venue},{Authority},{Oversight}";
    public const string DecidesExtensions = $"{Inspector},{Authority}";
    public const string SeesLicence = $"{Venue},{Inspector},{Authority},{Oversight}";
    public const string SeesLicences = $"{Authority},{Oversight}";
    public const string TestsFeeds = $"{Venue},{Installer}";
}
