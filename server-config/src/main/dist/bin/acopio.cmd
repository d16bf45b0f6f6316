@echo off
rem The Acopio agent. 'acopio --help' tells the commands.
setlocal enabledelayedexpansion
for %%i in ("%~dp0..") do set "ACOPIO_HOME=%%~fi"
call "!ACOPIO_HOME!\lib\java.cmd" || exit /b 1
set "ACOPIO_AGENT=!ACOPIO_HOME!\lib\agent"
set "ACOPIO_CLASSPATH="
for /f "usebackq delims=" %%j in ("!ACOPIO_AGENT!\classpath") do (
  if defined ACOPIO_CLASSPATH (set "ACOPIO_CLASSPATH=!ACOPIO_CLASSPATH!;!ACOPIO_AGENT!\%%j") else set "ACOPIO_CLASSPATH=!ACOPIO_AGENT!\%%j"
)
set "ACOPIO_ARCHIVE="
if exist "!ACOPIO_AGENT!\acopio.jsa" set ACOPIO_ARCHIVE="-XX:SharedArchiveFile=!ACOPIO_AGENT!\acopio.jsa"
set "ACOPIO_COMPILER="
if exist "!ACOPIO_AGENT!\compiler.json" set ACOPIO_COMPILER=-XX:+UnlockDiagnosticVMOptions -XX:-DisplayVMOutput "-XX:CompilerDirectivesFile=!ACOPIO_AGENT!\compiler.json"
rem Arguments are expanded without delayed expansion, which would eat their exclamation marks.
endlocal & set "ACOPIO_JAVA=%ACOPIO_JAVA%" & set "ACOPIO_AGENT=%ACOPIO_AGENT%" & set "ACOPIO_CLASSPATH=%ACOPIO_CLASSPATH%" & set ACOPIO_ARCHIVE=%ACOPIO_ARCHIVE%& set ACOPIO_COMPILER=%ACOPIO_COMPILER%
"%ACOPIO_JAVA%" "@%ACOPIO_AGENT%\jvm.options" %ACOPIO_ARCHIVE% %ACOPIO_COMPILER% %ACOPIO_JAVA_OPTS% -cp "%ACOPIO_CLASSPATH%" org.acopio.client.command.Acopio %*
exit /b %ERRORLEVEL%
