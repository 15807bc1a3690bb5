namespace Compliance.Web.Parts.Guards;

/// <summary>What is done with a guard in the dialog: entered, given a PIN anew, given a renewed certificate.</summary>
public enum GuardStep { Enter, Pin, Certificate }
