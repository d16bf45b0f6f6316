@echo off
rem Starts the Acopio server in the foreground. 'acopio-server --help' tells the options.
setlocal
for %%i in ("%~dp0..") do set "ACOPIO_HOME=%%~fi"
call "%ACOPIO_HOME%\lib\java.cmd" || exit /b 1
set "ACOPIO_SERVER=%ACOPIO_HOME%\lib\server"
set "ACOPIO_ARCHIVE="
if exist "%ACOPIO_SERVER%\acopio-server.jsa" set ACOPIO_ARCHIVE="-XX:SharedArchiveFile=%ACOPIO_SERVER%\acopio-server.jsa"
set "ACOPIO_COMPILER="
if exist "%ACOPIO_SERVER%\compiler.json" set ACOPIO_COMPILER=-XX:+UnlockDiagnosticVMOptions -XX:-DisplayVMOutput "-XX:CompilerDirectivesFile=%ACOPIO_SERVER%\compiler.json"
"%ACOPIO_JAVA%" "@%ACOPIO_SERVER%\jvm.options" %ACOPIO_ARCHIVE% %ACOPIO_COMPILER% %ACOPIO_JAVA_OPTS% -jar "%ACOPIO_SERVER%\acopio-server.jar" %*
exit /b %ERRORLEVEL%
